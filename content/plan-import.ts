import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import type { BankReading } from './bank-reading.ts';
import { checkBank } from './check.ts';
import type { FieldPath, Problem } from './problem.ts';
import { readText } from './read-text.ts';
import { rewriteTopic } from './rewrite-topic.ts';

/** What an import would do. With problems it does nothing at all. */
export type ImportPlan = {
  readonly problems: readonly Problem[];
  readonly steps: readonly ImportStep[];
  readonly files: readonly { readonly file: string; readonly text: string }[];
};

/** `fields` is what differs: `hint.es`, `concepts`. */
export type ImportStep = {
  readonly slug: string;
  readonly kind: 'added' | 'changed' | 'retired' | 'unchanged';
  readonly fields: readonly string[];
};

/**
 * Compares the questions that were read with the bank in the folder. What the bank has and they have not stays as it
 * is: history tells of every question, so none is ever removed.
 */
export function planImport(bank: BankReading, incoming: BankReading, folder: string): ImportPlan {
  const after = mergedWith(bank.questions, incoming.questions);
  const files = filesThatDiffer(bank.questions, after, folder);
  return {
    problems: [
      ...bank.problems,
      ...incoming.problems,
      ...incoming.questions.flatMap((question, index) =>
        [
          ...findRepetition(question, incoming.questions.slice(0, index)),
          ...findBrokenPromises(question, newestOf(question.slug, bank.questions)),
        ].map(({ path, sentence }) => ({
          slug: question.slug,
          path,
          place: incoming.placeOf(question, path),
          sentence,
        })),
      ),
      // Seconds of work, and for nothing where nothing changes.
      ...(files.length === 0
        ? []
        : checkBank(
            after,
            (question, path) => incoming.placeOf(question, path) ?? bank.placeOf(question, path),
          )),
    ],
    steps: incoming.questions.map((question) => stepFor(question, newestOf(question.slug, bank.questions))),
    files,
  };
}

/** Each where it was; new ones, and those that move to another topic, at the end. */
function mergedWith(bank: readonly Question[], incoming: readonly Question[]): readonly Question[] {
  const bySlug = new Map(incoming.map((question) => [question.slug, question]));
  const stay = bank.flatMap((question) => {
    const now = bySlug.get(question.slug);
    if (now === undefined) return [question];
    if (now.topic !== question.topic || now.area !== question.area) return [];
    bySlug.delete(question.slug);
    return [isDeepStrictEqual(now, question) ? question : now];
  });
  return [...stay, ...bySlug.values()];
}

/** More than one of a slug are there only when an earlier import was killed while it moved a question. */
function newestOf(slug: string, bank: readonly Question[]): Question | null {
  const all = bank.filter((question) => question.slug === slug);
  return all.toSorted((one, other) => other.version - one.version)[0] ?? null;
}

type Broken = { readonly path: FieldPath; readonly sentence: string };

function findRepetition({ slug }: Question, earlier: readonly Question[]): readonly Broken[] {
  return earlier.some((other) => other.slug === slug)
    ? [{ path: ['slug'], sentence: 'stands there a second time' }]
    : [];
}

/** What is promised of a question that has been in the bank: history, levels and assessments rest on it. */
function findBrokenPromises(now: Question, before: Question | null): readonly Broken[] {
  if (before === null) return [];
  if (now.area !== before.area) {
    const sentence = `is a question of ${before.area}, and a slug never changes its area: give it a slug of its own`;
    return [{ path: ['slug'], sentence }];
  }
  if (now.version < before.version) {
    const sentence = `goes down from ${before.version} to ${now.version}, and a version only goes up`;
    return [{ path: ['version'], sentence }];
  }
  const meaning = fieldsThatDiffer(before, now).filter((field) =>
    /^(text|model_answer|concepts)\b/.test(field),
  );
  if (meaning.length > 0 && now.version === before.version) {
    const sentence = `is still ${now.version} although the meaning changed (${meaning.join(', ')}): raise it to ${now.version + 1}`;
    return [{ path: ['version'], sentence }];
  }
  return [];
}

function stepFor(now: Question, before: Question | null): ImportStep {
  if (before === null) return { slug: now.slug, kind: 'added', fields: [] };
  const fields = fieldsThatDiffer(before, now);
  if (fields.length === 0) return { slug: now.slug, kind: 'unchanged', fields };
  return { slug: now.slug, kind: now.retired && !before.retired ? 'retired' : 'changed', fields };
}

function fieldsThatDiffer(before: Question, now: Question): readonly string[] {
  const inEach = (name: string, of: (question: Question) => Question['text']) =>
    LANGUAGES.filter((language) => of(before)[language] !== of(now)[language]).map((it) => `${name}.${it}`);
  const whole = (['topic', 'version', 'difficulty', 'retired'] as const).filter(
    (it) => before[it] !== now[it],
  );
  const lists = (['concepts', 'misconceptions', 'sources'] as const).filter(
    (it) => !isDeepStrictEqual(before[it], now[it]),
  );
  return [
    ...whole,
    ...inEach('text', ({ text }) => text),
    ...inEach('hint', ({ hint }) => hint),
    ...inEach('model_answer', ({ modelAnswer }) => modelAnswer),
    ...lists,
  ];
}

/** Those that gain a question first: between two of them a question that moves is there twice, but never gone. */
function filesThatDiffer(
  bank: readonly Question[],
  after: readonly Question[],
  folder: string,
): ImportPlan['files'] {
  const topicOf = ({ area, topic }: Question) => join(folder, area, `${topic}.yaml`);
  const before = Map.groupBy(bank, topicOf);
  const now = Map.groupBy(after, topicOf);
  return [...new Set([...now.keys(), ...before.keys()])]
    .map((file) => ({ file, had: before.get(file) ?? [], has: now.get(file) ?? [] }))
    .filter(({ had, has }) => !isDeepStrictEqual(had, has))
    .toSorted((one, other) => other.has.length - other.had.length - (one.has.length - one.had.length))
    .map(({ file, has }) => ({
      file,
      text: rewriteTopic(existsSync(file) ? (readText(file) ?? '') : '', has),
    }));
}
