import { isJsonObject, listAt, textAt } from '../json-object.ts';

export type Concept = { readonly id: string; readonly text: string; readonly aliases: readonly string[] };

/** What a grading request asks, found in its texts: nothing is known of the client but that it writes concepts as JSON. */
export type Task = {
  readonly concepts: readonly Concept[];
  readonly answer: string;
  readonly language: 'en' | 'es' | 'pt';
};

export function readTask(text: string): Task {
  const found = findConcepts(text);
  const rest = found === null ? text : text.slice(found.end);
  return {
    concepts: found?.concepts ?? [],
    answer: insideLastTag(rest) ?? insideLastTag(text) ?? rest.trim(),
    language: languageIn(text),
  };
}

/** The first array in the text whose items have an `id` and a text. Anything before it may hold brackets too. */
function findConcepts(text: string): { concepts: Concept[]; end: number } | null {
  for (let start = text.indexOf('['); start !== -1; start = text.indexOf('[', start + 1)) {
    const end = endOfArray(text, start);
    const items = end === null ? [] : parsedList(text.slice(start, end));
    const concepts = items.map(readConcept).filter((concept) => concept !== null);
    if (end !== null && concepts.length > 0 && concepts.length === items.length) return { concepts, end };
  }
  return null;
}

/** Past the bracket that closes the one at `start`; brackets inside strings do not count. */
function endOfArray(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at);
    if (inString) {
      if (sign === '\\') at++;
      else if (sign === '"') inString = false;
      continue;
    }
    if (sign === '"') inString = true;
    if (sign === '[') depth++;
    if (sign === ']') depth--;
    if (depth === 0) return at + 1;
  }
  return null;
}

function parsedList(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function readConcept(item: unknown): Concept | null {
  const id = textAt(item, 'id') ?? textAt(item, 'concept_id');
  const text = textAt(item, 'text') ?? textAt(item, 'description') ?? textAt(item, 'concept');
  if (!isJsonObject(item) || id === null || text === null) return null;
  const aliases = listAt(item, 'aliases').filter((alias) => typeof alias === 'string');
  return { id, text, aliases };
}

/** Careful clients wrap what the learner said in a tag. */
function insideLastTag(text: string): string | null {
  const match = [...text.matchAll(/<([a-z][\w-]*)[^<>]*>([\s\S]*?)<\/\1>/gi)].at(-1);
  return match?.[2]?.trim() ?? null;
}

const LANGUAGES = [
  ['pt', /portugu[eê]s|portuguese|\bpt\b/i],
  ['es', /spanish|español|\bes\b/i],
  ['en', /english|\ben\b/i],
] as const;

/** From a line that speaks of the language; the order in such a line decides nothing, the first language named does. */
function languageIn(text: string): Task['language'] {
  for (const line of text.split('\n').filter((it) => /language|idioma/i.test(it))) {
    const named = LANGUAGES.map(([language, pattern]) => ({ language, at: line.search(pattern) }))
      .filter(({ at }) => at !== -1)
      .sort((one, other) => one.at - other.at);
    const [first] = named;
    // A line that names several is a rule about languages, not the wish for one.
    if (first !== undefined && named.length === 1) return first.language;
  }
  return 'en';
}
