import { z } from 'zod';
import { AREAS, type Area, DIFFICULTIES } from '../interview/areas.ts';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';

/** One question as the bank's files write it. The folder gives the area, the file's name the topic. */
export const questionSchema = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/, 'a slug is lower case, words joined by hyphens')
    .describe('Never changes and is never used again. Begins with js-, py-, rb- or dsa-.'),
  version: z.int().positive().describe('Goes up with every change of meaning.'),
  difficulty: z.enum(DIFFICULTIES),
  retired: z.boolean().default(false).describe('Asked of nobody any more; answers to it are still graded.'),
  text: inEachLanguage(words()).describe('What the learner reads: one line, or code between fences.'),
  hint: inEachLanguage(words()).describe('One line that does not give the answer away.'),
  model_answer: inEachLanguage(words()).describe('What a good candidate would say.'),
  concepts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is lower case, words joined by hyphens'),
        weight: z.int().describe('1 to 3.'),
        core: z.boolean().default(false).describe('Without it the answer is not right.'),
        text: inEachLanguage(words()).describe('A short statement, a bullet in the feedback.'),
        aliases: inEachLanguage(z.array(words())).describe('How learners say it: 1 to 4 words, lower case.'),
      }),
    )
    .describe('What a good answer contains, 3 to 6 of them, at least one of them core.'),
  misconceptions: z
    .array(
      z.strictObject({
        concept: z.string().describe('The id of the concept that it contradicts.'),
        claim: inEachLanguage(words()).describe('A wrong sentence, as a learner would say it.'),
        correction: inEachLanguage(words()).describe('What is right, and why.'),
      }),
    )
    .default([])
    .describe('What learners often get wrong.'),
  sources: z
    .array(z.url({ protocol: /^https$/ }).regex(/^\S+$/, 'holds a space'))
    .default([])
    .describe('Where a fact stands that is not common knowledge: addresses of documentation.'),
});

export const topicSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a topic is lower case, words joined by hyphens');

/** One question as a row of a table writes it, which lies in no folder. */
export const rowSchema = questionSchema.extend({ area: z.enum(AREAS), topic: topicSchema });

export type WrittenQuestion = z.infer<typeof questionSchema>;

export function toQuestion(written: WrittenQuestion, area: Area, topic: string): Question {
  const { model_answer: modelAnswer, ...rest } = written;
  return { ...rest, modelAnswer, area, topic };
}

/** A phrase that is there but empty is as good as missing. Block scalars end in a line break that nobody meant. */
function words() {
  return z
    .string()
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'says nothing'));
}

/** The record of an enum demands every key: a new language is asked of every question the day it is added. */
function inEachLanguage<T extends z.ZodType>(value: T) {
  return z.record(z.enum(LANGUAGES), value);
}
