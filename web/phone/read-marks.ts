/** A stretch of one line. `url` is always http or https. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: Mark; readonly content: readonly Inline[] };

export type Mark = 'bold' | 'italic' | 'strike';

const MARKS: ReadonlyMap<string, Mark> = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
]);

/**
 * Reads the marks inside one line. A mark counts only where a word begins and ends (`2 * 3`, `snake_case` and
 * `__init__` stay as they are), and nothing counts inside code and links.
 */
export function readMarks(line: string): Inline[] {
  const read: Inline[] = [];
  let plain = '';
  for (let at = 0; at < line.length; ) {
    const found = inertAt(line, at) ?? markedAt(line, at);
    if (found === null) {
      plain += line[at];
      at += 1;
      continue;
    }
    if (plain !== '') read.push({ kind: 'text', text: plain });
    plain = '';
    read.push(found.inline);
    at += found.length;
  }
  if (plain !== '') read.push({ kind: 'text', text: plain });
  return read;
}

type Found = { readonly inline: Inline; readonly length: number };

/** Inline code or a link: whatever stands inside is not a mark. */
function inertAt(line: string, at: number): Found | null {
  if (line[at] === '`') {
    const code = matchAt(/`\s*[^`\s][^`]*`/y, line, at);
    return code === null ? null : { inline: { kind: 'code', text: code.slice(1, -1) }, length: code.length };
  }
  if (line[at] !== 'h' || isWord(line[at - 1])) return null;
  const url = withoutTrailingPunctuation(matchAt(/https?:\/\/[^\s<>"`]+/y, line, at) ?? '');
  return URL.canParse(url) ? { inline: { kind: 'link', url }, length: url.length } : null;
}

function markedAt(line: string, at: number): Found | null {
  const sign = line[at] ?? '';
  const kind = MARKS.get(sign);
  if (kind === undefined || !opens(line, at)) return null;
  const end = closingOf(line, at + 1, sign);
  if (end === null) return null;
  return { inline: { kind, content: readMarks(line.slice(at + 1, end)) }, length: end + 1 - at };
}

function opens(line: string, at: number): boolean {
  const [before, sign, after] = [line[at - 1], line[at], line[at + 1]];
  return !isWord(before) && before !== sign && after !== sign && after !== undefined && !isSpace(after);
}

function closingOf(line: string, from: number, sign: string): number | null {
  for (let at = from; at < line.length; at += inertAt(line, at)?.length ?? 1) {
    if (line[at] === sign && closes(line, at)) return at;
  }
  return null;
}

function closes(line: string, at: number): boolean {
  const [before, sign, after] = [line[at - 1], line[at], line[at + 1]];
  return !isSpace(before) && before !== sign && after !== sign && !isWord(after);
}

/** A full stop, a closing mark or a bracket that was opened outside belongs to the sentence, not to the address. */
function withoutTrailingPunctuation(url: string): string {
  const trimmed = url.replace(/[.,;:!?'*_~]+$/, '');
  if (trimmed.endsWith(')') && !trimmed.includes('('))
    return withoutTrailingPunctuation(trimmed.slice(0, -1));
  return trimmed;
}

function matchAt(pattern: RegExp, line: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? null;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
