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

/** One breath. */
export const LONGEST_CLAIM = 160;
/** What is right, and why. */
export const LONGEST_CORRECTION = 200;
/** More would be looking for mistakes. */
export const MISCONCEPTIONS = { fewest: 1, most: 3 } as const;

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
/** Two concepts that share three words of four are one concept, and two questions that want most of the same are one. */
export const SAME_CONCEPT = 0.75;
export const MOST_SHARED_CONCEPTS = 0.5;
/** An alias heard in two of five answers about other things says nothing about this one. */
export const MOST_ANSWERS_WITH_ALIAS = 0.4;

/** An area with fewer is used up before four months are over. */
export const FEWEST_QUESTIONS_PER_AREA = 120;
/** Whoever is at the beginning, and whoever is far, finds a month of mornings. */
export const FEWEST_PER_DIFFICULTY = { easy: 36, medium: 40, hard: 30 } as const;
/** A topic with fewer cannot bring anything back through another question; one with more takes over the area. */
export const QUESTIONS_PER_TOPIC = { fewest: 3, most: 14 } as const;
