import type { QuestionInLanguage } from '../../../interview/question.ts';
import { isStopWord } from './function-words.ts';
import { stem } from './stem.ts';
import { type Token, tokenise } from './tokenise.ts';
import { isTypoOf } from './typo.ts';

/** Where two long words differ by ending and by a slip at once, their stems are compared. */
const SHORTEST_STEM_WITH_SLIP = 7;

/**
 * Gives, for a word of the rubric, the words of the answer that are likely meant to be it.
 * A word that the question's own material uses is spelled as it was meant, however near it stands to another.
 */
export function misspellingsIn(
  answer: readonly Token[],
  question: QuestionInLanguage,
): (word: Token) => readonly string[] {
  const { language } = question;
  const said = [...new Set(answer.map((token) => token.plain))].filter(
    (plain) => plain.length >= 5 && !isStopWord(plain, language),
  );
  let material: ReadonlySet<string> | undefined;
  return ({ plain }) =>
    said.filter((written) => {
      if (written === plain || written[0] !== plain[0]) return false;
      if (!isTypoOf(written, plain) && !isTypoOfStem(stem(written, language), stem(plain, language)))
        return false;
      material ??= wordsOf(question);
      return !material.has(written);
    });
}

function isTypoOfStem(written: string, meant: string): boolean {
  return Math.min(written.length, meant.length) >= SHORTEST_STEM_WITH_SLIP && isTypoOf(written, meant);
}

function wordsOf(question: QuestionInLanguage): ReadonlySet<string> {
  const texts = [question.text, question.hint, question.modelAnswer].concat(
    question.concepts.flatMap((concept) => [concept.text, ...concept.aliases]),
  );
  return new Set(texts.flatMap((text) => tokenise(text).map((token) => token.plain)));
}
