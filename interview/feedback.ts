import { beginningOf } from './beginning-of.ts';
import { fitFeedback, type Line } from './fit-feedback.ts';
import type { Language } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { payloadOf } from './payload.ts';
import type { ConceptInLanguage, QuestionInLanguage } from './question.ts';
import { type Assessment, bandOf, type ConceptVerdict, coverageOf, scoreOf, type Verdict } from './rubric.ts';
import { freeForm } from './saying.ts';
import type { Button, Outgoing } from './turn.ts';

const LONGEST_QUOTE = 60;

/** What we tell the learner about an answer, in one message. Everything in it follows from the verdicts. */
export function feedbackMessage(it: {
  askedId: string;
  question: QuestionInLanguage;
  assessment: Assessment;
  /** A model's verdicts earn a number; the offline grader claims no more than a band in words. */
  grader: 'openai' | 'offline';
  regraded?: boolean;
  /** The answer was longer than what is read. */
  wasCut?: boolean;
}): Outgoing {
  const { language } = it.question;
  const text = feedbackText(it);
  return freeForm('feedback', text, answerButtons(it.askedId, language), it.askedId);
}

/** "I don't know" is an answer that teaches: the model answer, kindly, and the question comes back. */
export function taughtMessage(askedId: string, question: QuestionInLanguage): Outgoing {
  const { language } = question;
  const { buttons, feedback } = phrases[language];
  const more = { payload: payloadOf('more', askedId), title: buttons.more };
  return freeForm('feedback', `${feedback.taught}\n\n${question.modelAnswer}`, [more], askedId);
}

export function answerButtons(askedId: string, language: Language): Button[] {
  const { buttons } = phrases[language];
  return [
    { payload: payloadOf('answer', askedId), title: buttons.modelAnswer },
    { payload: payloadOf('more', askedId), title: buttons.more },
  ];
}

function feedbackText(it: {
  question: QuestionInLanguage;
  assessment: Assessment;
  grader: 'openai' | 'offline';
  regraded?: boolean;
  wasCut?: boolean;
}): string {
  const { question, assessment, grader } = it;
  const say = phrases[question.language].feedback;
  const verdicts = assessment.verdicts;
  const headline =
    grader === 'openai'
      ? say.score({ score: scoreOf(question.concepts, verdicts) })
      : say.bands[bandOf(coverageOf(question.concepts, verdicts))];
  const notes = [
    ...(it.wasCut === true ? [say.cut] : []),
    ...(grader === 'offline' ? [say.offlineNote] : []),
  ];
  const sections = SECTION_ORDER.map((verdict) => ({
    title: say[SECTION_TITLE[verdict]],
    lines: conceptLines(question, verdicts, verdict),
  })).filter((section) => section.lines.length > 0);
  const step = say.nextStep({ step: assessment.nextStep ?? nextStepFrom(question, verdicts) });
  const explanation = assessment.explanation === null ? [] : [assessment.explanation];
  const head = [
    ...(it.regraded === true ? [say.regraded] : []),
    headline,
    ...(assessment.offTopic ? [say.offTopic] : []),
  ];
  return fitFeedback({ head, sections, explanation, tail: [step, ...notes] });
}

const SECTION_ORDER = ['covered', 'partial', 'contradicted', 'missing'] as const satisfies readonly Verdict[];
const SECTION_TITLE = {
  covered: 'right',
  partial: 'half',
  contradicted: 'wrong',
  missing: 'missing',
} as const;

/** Weightiest first: what is cut away on a small screen is what matters least. */
function conceptLines(
  question: QuestionInLanguage,
  verdicts: readonly ConceptVerdict[],
  wanted: Verdict,
): readonly Line[] {
  const byId = new Map(verdicts.map((verdict) => [verdict.conceptId, verdict]));
  return question.concepts
    .filter((concept) => (byId.get(concept.id)?.verdict ?? 'missing') === wanted)
    .toSorted(weightiestFirst)
    .map((concept) => {
      const quote = byId.get(concept.id)?.quote ?? null;
      const { quoted } = phrases[question.language].feedback;
      return {
        concept: `• ${concept.text}`,
        quote: quote === null ? '' : ` ${quoted({ quote: shortQuote(quote) })}`,
      };
    });
}

function weightiestFirst(one: ConceptInLanguage, other: ConceptInLanguage): number {
  return Number(other.core) - Number(one.core) || other.weight - one.weight;
}

/** WhatsApp knows no escaping: a stray mark in the learner's words would format half of our message. */
function shortQuote(quote: string): string {
  const plain = quote
    .replace(/[*_~`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= LONGEST_QUOTE) return plain;
  const head = plain.slice(0, LONGEST_QUOTE);
  return `${beginningOf(head, Math.max(head.lastIndexOf(' '), LONGEST_QUOTE / 2))}…`;
}

function nextStepFrom(question: QuestionInLanguage, verdicts: readonly ConceptVerdict[]): string {
  const say = phrases[question.language].feedback;
  const byId = new Map(verdicts.map((verdict) => [verdict.conceptId, verdict.verdict]));
  const weakest = question.concepts
    .filter((concept) => byId.get(concept.id) !== 'covered')
    .toSorted(weightiestFirst)[0];
  return weakest === undefined
    ? say.goDeeper
    : say.explainMissing({ concept: lowerFirst(weakest.text, question.language) });
}

/** `The inner function …` becomes `the inner function …` after a colon; names (`Ruby`), `LIFO`, `O(1)` and `Array#map` stay. */
function lowerFirst(text: string, language: Language): string {
  const plainWord = /^\p{Lu}\p{Ll}*(?=[\s,]|$)/u.exec(text)?.[0];
  if (plainWord === undefined || Object.values(phrases[language].areas).includes(plainWord)) return text;
  return plainWord.toLowerCase() + text.slice(plainWord.length);
}
