import { z } from 'zod';
import { type Area, DIFFICULTIES } from '../interview/areas.ts';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';

/** One question as the bank's files write it. The folder gives the area, the file's name the topic. */
export const questionSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/, 'a slug is lower case, words joined by hyphens'),
  version: z.int().positive(),
  difficulty: z.enum(DIFFICULTIES),
  text: inEachLanguage(words()),
  hint: inEachLanguage(words()),
  model_answer: inEachLanguage(words()),
  concepts: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is lower case, words joined by hyphens'),
      weight: z.int(),
      core: z.boolean().default(false),
      text: inEachLanguage(words()),
      aliases: inEachLanguage(z.array(words())),
    }),
  ),
  misconceptions: z
    .array(
      z.strictObject({
        concept: z.string(),
        claim: inEachLanguage(words()),
        correction: inEachLanguage(words()),
      }),
    )
    .default([]),
  sources: z.array(z.url({ protocol: /^https$/ })).default([]),
});

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
