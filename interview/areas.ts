/** What a learner can train. Adding an area is a line here, a name in each language and a folder in `content/`. */
export const AREAS = ['javascript', 'python', 'ruby', 'dsa'] as const;
export type Area = (typeof AREAS)[number];

/** Asked when a learner has seen all of their own area: it concerns everybody. */
export const GENERAL_AREA: Area = 'dsa';

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];
