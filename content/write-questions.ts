import { Document, Scalar, type ScalarTag, stringify, YAMLMap, YAMLSeq } from 'yaml';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Concept, Misconception, Question } from '../interview/question.ts';

/** The columns after which a list of aliases goes on in the next line. */
const WIDEST_LINE = 118;

/** Questions as a file of the bank writes them: the same ones always in the same words and lines. */
export function writeQuestions(questions: readonly Question[]): string {
  return questions.map(writeQuestion).join('\n');
}

function writeQuestion(question: Question): string {
  const document = new Document(listOf([mapOfQuestion(question)]), {
    customTags: (tags) => [ALIASES, ...tags],
  });
  return document.toString({ lineWidth: 0, ...NEVER_FOLDED });
}

/** Lines that are long stay whole: somebody who compares two versions wants to see the sentence that changed. */
const NEVER_FOLDED = { doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const;

/** The order of the keys is the one of `content/README.md`. What says nothing is left out. */
function mapOfQuestion(question: Question): YAMLMap {
  return mapOf({
    slug: question.slug,
    version: question.version,
    difficulty: question.difficulty,
    ...(question.retired ? { retired: true } : {}),
    text: inEachLanguage(question.text, words),
    hint: inEachLanguage(question.hint, words),
    model_answer: inEachLanguage(question.modelAnswer, words),
    concepts: listOf(question.concepts.map(mapOfConcept)),
    ...(question.misconceptions.length === 0
      ? {}
      : { misconceptions: listOf(question.misconceptions.map(mapOfMisconception)) }),
    ...(question.sources.length === 0
      ? {}
      : { sources: listOf(question.sources.map((source) => new Scalar(source))) }),
  });
}

function mapOfConcept({ id, weight, core, text, aliases }: Concept): YAMLMap {
  return mapOf({
    id,
    weight,
    ...(core ? { core } : {}),
    text: inEachLanguage(text, words),
    aliases: inEachLanguage(aliases, (it) => new Scalar(new Aliases(it))),
  });
}

function mapOfMisconception({ concept, claim, correction }: Misconception): YAMLMap {
  return mapOf({
    concept,
    claim: inEachLanguage(claim, words),
    correction: inEachLanguage(correction, words),
  });
}

function inEachLanguage<T>(
  value: Readonly<Record<(typeof LANGUAGES)[number], T>>,
  write: (value: T) => unknown,
) {
  return mapOf(Object.fromEntries(LANGUAGES.map((language) => [language, write(value[language])])));
}

/** Code keeps its lines. A block cannot hold everything: what it would not give back as it was is quoted instead. */
function words(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = text.includes('\n') && fitsBlock(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  return scalar;
}

function fitsBlock(text: string): boolean {
  return !/[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(
    text,
  );
}

function mapOf(values: Readonly<Record<string, unknown>>): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of Object.entries(values)) map.set(key, value);
  return map;
}

function listOf(items: readonly unknown[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items.push(...items);
  return list;
}

/** A list that fills its lines, which the library cannot do: it has all in one line or each in its own. */
class Aliases {
  readonly words: readonly string[];

  constructor(words: readonly string[]) {
    this.words = words;
  }
}

const ALIASES: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => value instanceof Aliases,
  // Only writes: no text is ever read as one.
  test: /(?!)/,
  resolve: (text) => text,
  stringify: ({ value }, { indent }) => (value instanceof Aliases ? fillLines(value.words, indent) : ''),
};

/** `indent` is that of the lines below the key, which stands in the first one. */
function fillLines(aliases: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = '[';
  let room = WIDEST_LINE - indent.length - 'en: '.length + INDENT;
  for (const [at, alias] of aliases.entries()) {
    const written = `${asAlias(alias)}${at === aliases.length - 1 ? ']' : ','}`;
    if (at > 0 && line.length + 1 + written.length > room) {
      lines.push(line);
      line = indent + written;
      room = WIDEST_LINE;
    } else {
      line += at === 0 ? written : ` ${written}`;
    }
  }
  return [...lines, aliases.length === 0 ? '[]' : line].join('\n');
}

const INDENT = 2;

/** Bare where it can stand bare in a list. */
function asAlias(alias: string): string {
  const scalar = new Scalar(alias);
  if (alias.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE;
  return stringify([scalar], {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
    ...NEVER_FOLDED,
  })
    .trimEnd()
    .slice(1, -1);
}
