import type { QuestionInLanguage } from '../../../interview/question.ts';
import { misspellingsIn } from './misspellings.ts';
import { readText, type TextReading } from './read-text.ts';
import { copiedFrom } from './repetition.ts';
import { readStatement } from './statement.ts';
import { tokenise } from './tokenise.ts';

/** More than anybody types on a phone; what stands behind would only cost time. */
const MOST_TOKENS = 1_500;

/** Reads an answer to a question: words copied from the question are not found, slips of the thumb are. */
export function readAnswer(question: QuestionInLanguage, answer: string): TextReading {
  const tokens = tokenise(answer).slice(0, MOST_TOKENS);
  const hidden = copiedFrom(readStatement(question.text, question.language).tokens, tokens);
  const own = tokens.filter((_, at) => hidden[at] !== true);
  return readText(answer, tokens, question.language, {
    hidden,
    misspellingsOf: misspellingsIn(own, question),
  });
}
