import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { fitsTemplateParameter } from '../interview/window.ts';
import {
  LONGEST_CONCEPT_TEXT,
  LONGEST_HINT,
  LONGEST_MODEL_ANSWER,
  LONGEST_TEXT,
  MOST_CODE_LINES,
  WIDEST_CODE_LINE,
} from './limits.ts';
import type { Finding } from './problem.ts';

/** What a phone shows of a question: lengths, lines and the shape of code, in every language. */
export function checkTexts(question: Question): readonly Finding[] {
  return LANGUAGES.flatMap((language) => [
    ...checkLength(['text', language], question.text[language], LONGEST_TEXT),
    ...checkCode(['text', language], question.text[language]),
    ...checkTravel(['text', language], question.text[language]),
    ...checkLength(['hint', language], question.hint[language], LONGEST_HINT),
    ...checkOneLine(['hint', language], question.hint[language]),
    ...checkLength(['model_answer', language], question.modelAnswer[language], LONGEST_MODEL_ANSWER),
    ...question.concepts.flatMap((concept, index) => checkBullet(index, language, concept.text[language])),
  ]);
}

type At = Finding['path'];

function checkLength(path: At, text: string, longest: number): readonly Finding[] {
  if (text.trim() === '') return [{ path, sentence: 'is empty' }];
  return text.length > longest
    ? [{ path, sentence: `has ${text.length} characters, at most ${longest}` }]
    : [];
}

function checkOneLine(path: At, text: string): readonly Finding[] {
  return /[\n\r]/.test(text) ? [{ path, sentence: 'is more than one line' }] : [];
}

/** WhatsApp shows a language tag as if it were code, and a fence that shares its line with words not at all. */
function checkCode(path: At, text: string): readonly Finding[] {
  const lines = text.split('\n');
  if (lines.some((line) => line.includes(FENCE) && line !== FENCE)) {
    return [
      {
        path,
        sentence: 'has a fence that is not three back-ticks on a line of their own, without language tag',
      },
    ];
  }
  const fences = lines.flatMap((line, index) => (line === FENCE ? [index] : []));
  if (fences.length % 2 === 1) return [{ path, sentence: 'has a code block that is not closed' }];
  const blocks = fences
    .filter((_, index) => index % 2 === 0)
    .map((open, index) => lines.slice(open + 1, fences[index * 2 + 1]));
  return blocks.flatMap((code) => {
    const findings: Finding[] = [];
    if (code.length > MOST_CODE_LINES) {
      findings.push({ path, sentence: `has ${code.length} lines of code, at most ${MOST_CODE_LINES}` });
    }
    for (const line of code.filter((it) => it.length > WIDEST_CODE_LINE)) {
      findings.push({
        path,
        sentence: `has a line of code of ${line.length} characters, at most ${WIDEST_CODE_LINE}: ${line.trim()}`,
      });
    }
    return findings;
  });
}

const FENCE = '```';

/** A tab or a run of spaces in a text of one line costs its learners a tap and shows them nothing for it. */
function checkTravel(path: At, text: string): readonly Finding[] {
  const needless =
    !text.includes('\n') && !fitsTemplateParameter(text) && fitsTemplateParameter(text.replace(/\s+/g, ' '));
  return needless ? [{ path, sentence: 'holds a tab or five spaces in a row, which no template takes' }] : [];
}

function checkBullet(index: number, language: Language, text: string): readonly Finding[] {
  const path = ['concepts', index, 'text', language];
  return [
    ...checkLength(path, text, LONGEST_CONCEPT_TEXT),
    ...checkOneLine(path, text),
    ...(/^\p{Ll}/u.test(text) ? [{ path, sentence: 'begins with a small letter' }] : []),
    ...(/[.。]$/.test(text) ? [{ path, sentence: 'ends in a full stop' }] : []),
  ];
}
