/**
 * Takes out the marks that have no partner, because WhatsApp would pair them with one of ours further on and set half
 * the message in bold. Marks inside inline code are code.
 */
export function balanceMarks(text: string): string {
  const ticked = text.replace(/`{2,}/g, '`');
  const even = ticked.split('`').length % 2 === 1;
  const closed = even ? ticked : withoutAt(ticked, ticked.lastIndexOf('`'));
  return MARKS.reduce(
    withoutUnpaired,
    closed.replace(MARKDOWN_BOLD, (_, code) => code ?? '*'),
  );
}

/** Two stars at the edge of a word: bold in Markdown, which models write by habit. Code comes first, to be left alone. */
const MARKDOWN_BOLD = /(`[^`]*`)|(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])/g;

const MARKS = ['*', '_', '~'] as const;

function withoutUnpaired(text: string, mark: string): string {
  const unpaired: number[] = [];
  let open: number | null = null;
  for (const at of positionsOutsideCode(text, mark)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + 1] ?? ' ';
    // `__init__` and `***` are no marks for WhatsApp, nor is a sign between two letters: `snake_case`, `n*m`.
    if (before === mark || after === mark) continue;
    const opens = !WORD.test(before) && /\S/.test(after);
    const closes = /\S/.test(before) && !WORD.test(after);
    if (closes && open !== null) open = null;
    else if (opens) {
      if (open !== null) unpaired.push(open);
      open = at;
    } else if (closes) unpaired.push(at);
  }
  if (open !== null) unpaired.push(open);
  return unpaired.sort((a, b) => b - a).reduce(withoutAt, text);
}

const WORD = /[\p{L}\p{N}]/u;

function positionsOutsideCode(text: string, mark: string): readonly number[] {
  const positions: number[] = [];
  let inCode = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '`') inCode = !inCode;
    else if (text[at] === mark && !inCode) positions.push(at);
  }
  return positions;
}

function withoutAt(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1);
}
