import { beginningOf } from './beginning-of.ts';

/** Nobody reads more on a phone; a button message carries 1,024. */
export const LONGEST_FEEDBACK = 1000;

/** The weightiest line first. */
export type Section = { readonly title: string; readonly lines: readonly Line[] };
export type Line = { readonly concept: string; readonly quote: string };

/** Leaves out the explanation first, then the least weighty lines of the longest section, then the quotes, until it fits. */
export function fitFeedback(it: {
  head: readonly string[];
  sections: readonly Section[];
  explanation: readonly string[];
  tail: readonly string[];
}): string {
  const { head, sections, explanation, tail } = it;
  const text = (body: readonly Section[], extra: readonly string[]) =>
    [
      head.join('\n'),
      ...body.map(({ title, lines }) =>
        [title, ...lines.map((line) => line.concept + line.quote)].join('\n'),
      ),
      ...extra,
      tail.join('\n\n'),
    ].join('\n\n');
  const full = text(sections, explanation);
  if (full.length <= LONGEST_FEEDBACK) return full;
  let body = sections;
  while (text(body, []).length > LONGEST_FEEDBACK) {
    const longest = body.reduce((one, other) => (other.lines.length > one.lines.length ? other : one));
    if (longest.lines.length <= 1) break;
    body = body.map((each) => (each === longest ? { ...each, lines: each.lines.slice(0, -1) } : each));
  }
  if (text(body, []).length > LONGEST_FEEDBACK) body = body.map(withoutQuotes);
  return beginningOf(text(body, []), LONGEST_FEEDBACK);
}

function withoutQuotes({ title, lines }: Section): Section {
  return { title, lines: lines.map(({ concept }) => ({ concept, quote: '' })) };
}
