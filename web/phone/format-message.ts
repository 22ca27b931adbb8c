import { type Inline, readMarks } from './read-marks.ts';

/** A message cut into what stands below one another in a bubble. */
export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'quote'; readonly content: readonly Inline[] }
  | { readonly kind: 'bullets'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'numbers'; readonly items: readonly NumberedItem[] }
  | { readonly kind: 'code'; readonly text: string }
  /** Empty lines. */
  | { readonly kind: 'gap' };

export type NumberedItem = { readonly number: number; readonly content: readonly Inline[] };

/** Reads WhatsApp's formatting marks. The result holds text only: nothing in a message can become HTML. */
export function formatMessage(text: string): Block[] {
  const blocks = partsOf(text.replaceAll('\r\n', '\n')).flatMap(blocksOf);
  return withoutOuterGaps(blocks);
}

type Part = { readonly kind: 'code' | 'prose'; readonly text: string };

/** Code between three back-ticks may begin and end in the middle of a line. Odd parts of the split are code. */
function partsOf(text: string): Part[] {
  return text.split(/```(\s*[^\s`][\s\S]*?)```/).map((part, index) => ({
    kind: index % 2 === 1 ? 'code' : 'prose',
    text: part,
  }));
}

function blocksOf(part: Part): Block[] {
  if (part.kind === 'code') return [{ kind: 'code', text: part.text.replace(/^ *\n|\n *$/g, '') }];
  // The line breaks around a block of code belong to the block.
  const prose = part.text.replace(/^ *\n|\n *$/g, '');
  if (prose.trim() === '') return prose.includes('\n') ? [{ kind: 'gap' }] : [];
  return joinLines(prose.split('\n').map(readLine));
}

function readLine(line: string): Block {
  const bullet = /^[*-] +(\S.*)$/.exec(line)?.[1];
  if (bullet !== undefined) return { kind: 'bullets', items: [readMarks(bullet)] };
  const [, number, item] = /^(\d{1,3})\. +(\S.*)$/.exec(line) ?? [];
  if (number !== undefined && item !== undefined) {
    return { kind: 'numbers', items: [{ number: Number(number), content: readMarks(item) }] };
  }
  const quoted = /^> (.*)$/.exec(line)?.[1];
  if (quoted !== undefined) return { kind: 'quote', content: readMarks(quoted) };
  return line.trim() === '' ? { kind: 'gap' } : { kind: 'paragraph', content: readMarks(line) };
}

/** Neighbouring lines of one kind are one list, one quote, one paragraph. */
function joinLines(lines: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const joined = join(blocks.at(-1), line);
    if (joined === null) blocks.push(line);
    else blocks[blocks.length - 1] = joined;
  }
  return blocks;
}

const LINE_BREAK: Inline = { kind: 'text', text: '\n' };

function join(above: Block | undefined, line: Block): Block | null {
  if (above === undefined) return null;
  if (above.kind === 'bullets' && line.kind === 'bullets')
    return { ...above, items: [...above.items, ...line.items] };
  if (above.kind === 'numbers' && line.kind === 'numbers')
    return { ...above, items: [...above.items, ...line.items] };
  const sameText =
    (above.kind === 'paragraph' && line.kind === 'paragraph') ||
    (above.kind === 'quote' && line.kind === 'quote');
  if (sameText) return { ...above, content: [...above.content, LINE_BREAK, ...line.content] };
  return null;
}

function withoutOuterGaps(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex((block) => block.kind !== 'gap');
  const last = blocks.findLastIndex((block) => block.kind !== 'gap');
  return first === -1 ? [] : blocks.slice(first, last + 1);
}
