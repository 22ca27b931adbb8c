/** What one phone screen and one WhatsApp message can bear, as `content/README.md` promises it to authors. */

/** The question, its frame and two buttons are one bubble; more is not read before answering. */
export const LONGEST_TEXT = 600;
/** The width of a phone in WhatsApp's fixed-width font: a longer line wraps and the shape of the code is lost. */
export const WIDEST_CODE_LINE = 36;
/** Half a screen of code leaves the question above it in sight. */
export const MOST_CODE_LINES = 12;
/** A nudge, read at a glance. */
export const LONGEST_HINT = 200;
/** Feedback and model answer together stay under the 1,000 characters people read. */
export const LONGEST_MODEL_ANSWER = 700;
/** Two lines of a bullet list on a phone. */
export const LONGEST_CONCEPT_TEXT = 110;

/** Fewer concepts make a score of steps, more make feedback nobody reads. */
export const CONCEPTS = { fewest: 3, most: 6 } as const;
/** Fewer aliases miss too many learners, more begin to hit by chance. */
export const ALIASES = { fewest: 4, most: 8 } as const;
/** A longer phrase is hardly ever said in the same words. */
export const MOST_ALIAS_WORDS = 4;
export const WEIGHTS = { lowest: 1, highest: 3 } as const;

/** A grader that does not recognise our own answer will not recognise a learner's. */
export const LOWEST_MODEL_COVERAGE = 0.9;
/** Who hands the question back has said nothing. */
export const HIGHEST_BARE_COVERAGE = 0.1;
/** Two questions that share four words of five are one question. */
export const NEAR_DUPLICATE = 0.8;
/** An area with fewer is used up before two weeks are over. */
export const FEWEST_QUESTIONS_PER_AREA = 10;
