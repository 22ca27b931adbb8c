import type { Area, Difficulty } from './areas.ts';
import type { InEachLanguage, Language } from './languages/language.ts';

/** One question of the bank, in all languages. `slug` never changes; `version` goes up with every change of meaning. */
export type Question = {
  readonly slug: string;
  readonly version: number;
  readonly area: Area;
  readonly topic: string;
  readonly difficulty: Difficulty;
  /** Asked of nobody any more, but still there for everybody who was asked it. */
  readonly retired: boolean;
  readonly text: InEachLanguage<string>;
  readonly hint: InEachLanguage<string>;
  readonly modelAnswer: InEachLanguage<string>;
  readonly concepts: readonly Concept[];
  readonly misconceptions: readonly Misconception[];
  /** Where a fact stands that is not common knowledge: addresses of documentation. */
  readonly sources: readonly string[];
};

/** One thing a good answer contains. `weight` 1 to 3; a `core` concept is one without which the answer is not right. */
export type Concept = {
  readonly id: string;
  readonly weight: number;
  readonly core: boolean;
  readonly text: InEachLanguage<string>;
  readonly aliases: InEachLanguage<readonly string[]>;
};

/** What learners often believe of one concept, and the sentence that puts it right. */
export type Misconception = {
  /** The id of the concept that it contradicts. */
  readonly concept: string;
  readonly claim: InEachLanguage<string>;
  readonly correction: InEachLanguage<string>;
};

/** A question as one learner meets it: everything in their language. */
export type QuestionInLanguage = {
  readonly slug: string;
  readonly version: number;
  readonly area: Area;
  readonly difficulty: Difficulty;
  readonly language: Language;
  readonly text: string;
  readonly hint: string;
  readonly modelAnswer: string;
  readonly concepts: readonly ConceptInLanguage[];
};

export type ConceptInLanguage = {
  readonly id: string;
  readonly weight: number;
  readonly core: boolean;
  readonly text: string;
  readonly aliases: readonly string[];
};

export function questionIn(question: Question, language: Language): QuestionInLanguage {
  return {
    slug: question.slug,
    version: question.version,
    area: question.area,
    difficulty: question.difficulty,
    language,
    text: question.text[language],
    hint: question.hint[language],
    modelAnswer: question.modelAnswer[language],
    concepts: question.concepts.map((concept) => ({
      id: concept.id,
      weight: concept.weight,
      core: concept.core,
      text: concept.text[language],
      aliases: concept.aliases[language],
    })),
  };
}
