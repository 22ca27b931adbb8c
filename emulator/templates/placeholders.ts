export type Parameters = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names between double braces, each once, in order: `1`, `2` … or words. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
}

export function fill(text: string, values: Parameters): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}

/** The words that stay whatever is filled in. */
export function staticWordsIn(text: string): string[] {
  return text.replace(PLACEHOLDER, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
}
