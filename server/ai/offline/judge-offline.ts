import type { ConceptInLanguage, QuestionInLanguage } from '../../../interview/question.ts';
import type { Assessment, ConceptVerdict } from '../../../interview/rubric.ts';
import { findPhrase, findSome, findStated, type PhraseRules } from './match.ts';
import { type Phrase, readPhrase } from './phrase.ts';
import { quoteOf } from './quote.ts';
import { readAnswer } from './read-answer.ts';
import type { Span, TextReading } from './read-text.ts';
import { readStatement } from './statement.ts';
import type { Token } from './tokenise.ts';
import { wordKeys } from './word-keys.ts';

/**
 * Judges an answer by the words in it, without any model: the same answer always gets the same verdicts.
 * Words can show that a concept was named, not that it was denied: `contradicted` is beyond it, and a negation in
 * front of a phrase is only a hint that lowers `covered` to `partial`.
 */
export function judgeOffline(question: QuestionInLanguage, answer: string): Assessment {
  const reading = readAnswer(question, answer);
  const telling = wordsBeyond(question);
  return {
    verdicts: question.concepts.map((concept) => judgeConcept(concept, question, reading, telling)),
    nextStep: null,
    explanation: null,
    offTopic: false,
    suspicious: false,
  };
}

/** The words of a concept said freely must stand as near to each other as in one spoken sentence. */
const SENTENCE_WORDS = 20;
/** Fewer words of ours could come together by chance. */
const FEWEST_STATED_WORDS = 4;

type IsTelling = (word: Token) => boolean;

function judgeConcept(
  concept: ConceptInLanguage,
  { language }: QuestionInLanguage,
  answer: TextReading,
  telling: IsTelling,
): ConceptVerdict {
  const phrases = concept.aliases.map((alias) => readPhrase(alias, language));
  const statement = readStatement(concept.text, language);
  const rules = { language, deniable: !statement.holdsNegation };
  const named = phrases.map((phrase) => findPhrase(answer, phrase, rules)).filter((match) => match !== null);
  const said = shortest(named.filter((match) => !match.denied));
  if (said !== null) return { conceptId: concept.id, verdict: 'covered', quote: quoteOf(answer, said) };
  const stated = mostOfStatement(answer, statement.content, telling, rules);
  if (stated !== null) return { conceptId: concept.id, verdict: 'covered', quote: quoteOf(answer, stated) };
  const hinted =
    shortest(named) ??
    shortest(phrases.map((phrase) => mostOf(answer, phrase, telling))) ??
    halfOf(answer, statement.content.filter(telling), telling);
  if (hinted !== null) return { conceptId: concept.id, verdict: 'partial', quote: quoteOf(answer, hinted) };
  return { conceptId: concept.id, verdict: 'missing', quote: null };
}

function shortest<S extends Span>(spans: readonly (S | null)[]): S | null {
  return spans.reduce(
    (best, span) =>
      best === null || (span !== null && span.last - span.first < best.last - best.first) ? span : best,
    null,
  );
}

/** Two thirds of an alias, at least two words and not all of them the question's, say that the learner is near it. */
function mostOf(answer: TextReading, { content, window }: Phrase, telling: IsTelling): Span | null {
  if (content.length < 2) return null;
  return findSome(answer, content, {
    count: Math.max(2, Math.ceil((content.length * 2) / 3)),
    window,
    telling,
  });
}

/** The learner may know none of the aliases and yet use the words in which we state the concept. */
function halfOf(answer: TextReading, words: readonly Token[], telling: IsTelling): Span | null {
  if (words.length < 2) return null;
  return findSome(answer, words, {
    count: Math.max(2, Math.ceil(words.length / 2)),
    window: SENTENCE_WORDS,
    telling,
  });
}

/** Whoever says three quarters of our own words for a concept within one sentence has said the concept. */
function mostOfStatement(
  answer: TextReading,
  words: readonly Token[],
  telling: IsTelling,
  rules: PhraseRules,
): Span | null {
  const count = Math.max(FEWEST_STATED_WORDS, Math.ceil((words.length * 3) / 4));
  if (words.length < count) return null;
  return findStated(answer, words, { count, window: SENTENCE_WORDS, telling }, rules);
}

/** Words that the question itself uses show nothing when the answer uses them too. */
function wordsBeyond({ text, language }: QuestionInLanguage): IsTelling {
  const asked = readStatement(text, language).keys;
  return (word) => !wordKeys(word, language).some((key) => asked.has(key));
}
