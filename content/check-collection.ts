import { AREAS, type Area, DIFFICULTIES } from '../interview/areas.ts';
import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { sharedWords } from '../server/ai/offline/same-words.ts';
import { saysPhrase } from '../server/ai/offline/says-phrase.ts';
import { readStatement } from '../server/ai/offline/statement.ts';
import {
  FEWEST_PER_DIFFICULTY,
  FEWEST_QUESTIONS_PER_AREA,
  MOST_ANSWERS_WITH_ALIAS,
  MOST_SHARED_CONCEPTS,
  NEAR_DUPLICATE,
  QUESTIONS_PER_TOPIC,
  SAME_CONCEPT,
} from './limits.ts';
import type { Finding } from './problem.ts';

/** What only the whole bank can show: slugs used twice, questions asked twice, areas that run dry. */
export function checkCollection(
  questions: readonly Question[],
): readonly { readonly question: Question | null; readonly finding: Finding }[] {
  return [
    ...questions.flatMap((question, index) => {
      const earlier = questions.slice(0, index);
      return [
        ...checkSlug(question, earlier),
        ...checkDuplicates(question, earlier),
        ...LANGUAGES.flatMap((language) => checkGeneralAliases(question, language, questions)),
      ].map((finding) => ({ question, finding }));
    }),
    ...AREAS.flatMap((area) => checkArea(area, questions)).map((finding) => ({ question: null, finding })),
  ];
}

const SLUG_PREFIX: Readonly<Record<Area, string>> = {
  javascript: 'js-',
  python: 'py-',
  ruby: 'rb-',
  dsa: 'dsa-',
};

function checkSlug({ slug, area }: Question, earlier: readonly Question[]): readonly Finding[] {
  const prefix = SLUG_PREFIX[area];
  return [
    ...(slug.startsWith(prefix) ? [] : [{ path: ['slug'], sentence: `does not begin with ${prefix}` }]),
    ...(earlier.some((other) => other.slug === slug)
      ? [{ path: ['slug'], sentence: 'is taken by another question' }]
      : []),
  ];
}

/** English stands for all: the three languages of a question ask the same thing. */
function checkDuplicates(question: Question, earlier: readonly Question[]): readonly Finding[] {
  const neighbours = earlier.filter(({ area }) => area === question.area);
  return [
    ...neighbours
      .filter((other) => sharedWords(question.text.en, other.text.en, 'en') >= NEAR_DUPLICATE)
      .map((other) => ({ path: ['text', 'en'], sentence: `asks nearly the same as ${other.slug}` })),
    ...neighbours
      .filter((other) => sharedConcepts(question, other) > MOST_SHARED_CONCEPTS)
      .map((other) => ({ path: ['concepts'], sentence: `wants nearly the same as ${other.slug}` })),
  ];
}

function sharedConcepts(one: Question, other: Question): number {
  const shared = one.concepts.filter(({ text }) =>
    other.concepts.some((it) => sharedWords(text.en, it.text.en, 'en') >= SAME_CONCEPT),
  ).length;
  return shared / Math.min(one.concepts.length, other.concepts.length);
}

/** In the answers to the questions of the area that are about something else. */
function checkGeneralAliases(
  question: Question,
  language: Language,
  questions: readonly Question[],
): readonly Finding[] {
  const others = questions.filter((it) => it.area === question.area && it.topic !== question.topic);
  if (others.length < ENOUGH_OTHERS) return [];
  return question.concepts.flatMap((concept, index) =>
    concept.aliases[language].flatMap((alias, at) => {
      // How something grows is asked of every algorithm.
      if (GROWTH.test(alias)) return [];
      // Most are ruled out by their words alone, without reading the answers.
      const possible = holding(others, keysOf(alias, language), language);
      if (possible.length / others.length <= MOST_ANSWERS_WITH_ALIAS) return [];
      const share =
        possible.filter((it) => saysPhrase(it.modelAnswer[language], alias, language)).length / others.length;
      const sentence = `alias "${alias}" is said in ${Math.round(share * 100)} % of the answers on other topics`;
      return share > MOST_ANSWERS_WITH_ALIAS
        ? [{ path: ['concepts', index, 'aliases', language, at], sentence }]
        : [];
    }),
  );
}

const GROWTH = /^o\(.+\)$|^(n )?log n$/;

/** In a small bank every alias is in a large share of it. */
const ENOUGH_OTHERS = 40;

/** Those whose answers hold every word, wherever it stands. */
function holding(
  questions: readonly Question[],
  words: readonly (readonly string[])[],
  language: Language,
): readonly Question[] {
  return questions.filter(({ modelAnswer }) => {
    const { keys } = readStatement(modelAnswer[language], language);
    return words.every((word) => word.some((key) => keys.has(key)));
  });
}

/** Each word of content by the keys under which it is known. */
function keysOf(alias: string, language: Language): readonly (readonly string[])[] {
  return readStatement(alias, language).content.map((word) => [...readStatement(word.plain, language).keys]);
}

function checkArea(area: Area, questions: readonly Question[]): readonly Finding[] {
  const own = questions.filter((question) => question.area === area);
  const tooFew = (what: string, count: number, fewest: number) =>
    count < fewest
      ? [{ path: [], sentence: `${area} has ${count} ${what}, at least ${fewest} are needed` }]
      : [];
  return [
    ...tooFew('questions', own.length, FEWEST_QUESTIONS_PER_AREA),
    ...DIFFICULTIES.flatMap((difficulty) =>
      tooFew(
        `${difficulty} questions`,
        own.filter((question) => question.difficulty === difficulty).length,
        FEWEST_PER_DIFFICULTY[difficulty],
      ),
    ),
    ...Map.groupBy(own, ({ topic }) => topic)
      .entries()
      .flatMap(([topic, its]) => {
        const { fewest, most } = QUESTIONS_PER_TOPIC;
        if (its.length >= fewest && its.length <= most) return [];
        const sentence = `${area}/${topic} has ${its.length} questions, ${fewest} to ${most} are wanted`;
        return [{ path: [], sentence }];
      }),
  ];
}
