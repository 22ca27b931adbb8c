import { eld } from 'eld/small';
import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import type { Finding } from './problem.ts';

/** Whether each language's texts are in that language: a line left in another one is easily overlooked. */
export function checkLanguage(question: Question): readonly Finding[] {
  return LANGUAGES.flatMap((language) =>
    Object.entries(textsIn(question, language)).flatMap(([field, text]) => {
      const detected = languageOf(text);
      return detected === language || detected === null
        ? []
        : [{ path: [field, language], sentence: `reads like ${detected}` }];
    }),
  );
}

eld.setLanguageSubset([...LANGUAGES]);

/** A hint or a concept alone may be too short to tell, and full of English terms: it is read together with others. */
function textsIn(question: Question, language: Language): Readonly<Record<string, string>> {
  return {
    text: `${question.text[language]} ${question.hint[language]}`,
    model_answer: question.modelAnswer[language],
    concepts: question.concepts.map(({ text }) => text[language]).join('. '),
    misconceptions: question.misconceptions
      .map(({ claim, correction }) => `${claim[language]} ${correction[language]}`)
      .join(' '),
  };
}

/** Null where too little is said to tell. */
function languageOf(text: string): string | null {
  const prose = text.replace(/```[\s\S]*?```/g, ' ').replace(/`[^`]*`/g, ' ');
  if (prose.split(/\s+/).length < FEWEST_WORDS) return null;
  return eld.detect(prose).language || null;
}

const FEWEST_WORDS = 6;
