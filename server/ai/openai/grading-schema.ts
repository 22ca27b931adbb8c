import { z } from 'zod';
import { VERDICTS } from '../../../interview/rubric.ts';

/** Constant, like the schema: a provider compiles a schema on its first use and keeps it, so a new one is slow. */
export const GRADING_SCHEMA_NAME = 'grading';

/**
 * What the model must return. Plain types only: compatible servers enforce no lengths, ranges or patterns, so those
 * are checked by our own code. Concepts are items of a list, never properties: the schema is the same for each question.
 */
const gradingSchema = z.object({
  verdicts: z.array(z.object({ id: z.string(), verdict: z.enum(VERDICTS), quote: z.string().nullable() })),
  next_step: z.string(),
  explanation: z.string(),
  off_topic: z.boolean(),
  asks_for_help: z.boolean(),
  answer_language: z.enum(['en', 'es', 'pt', 'other']),
});

/** The schema as it goes over the wire, in strict mode: every property required, nothing else allowed. */
export const GRADING_JSON_SCHEMA = jsonSchema();

/** A model's judgement in our words; nothing about it has been checked against the answer yet. */
export type Grading = {
  readonly verdicts: readonly {
    readonly id: string;
    readonly verdict: (typeof VERDICTS)[number];
    readonly quote: string | null;
  }[];
  readonly nextStep: string;
  readonly explanation: string;
  readonly offTopic: boolean;
  readonly asksForHelp: boolean;
};

/** Reads what the model wrote; null when it does not fit. Never throws. */
export function readGrading(text: string): Grading | null {
  const reading = lenientSchema.safeParse(parseJson(text));
  if (!reading.success) return null;
  return {
    verdicts: reading.data.verdicts.map(({ id, verdict, quote }) => ({
      id: id.trim(),
      verdict,
      quote: quote?.trim() ? quote : null,
    })),
    nextStep: reading.data.next_step,
    explanation: reading.data.explanation,
    offTopic: reading.data.off_topic,
    asksForHelp: reading.data.asks_for_help,
  };
}

/** Servers that do not enforce a schema leave out what is empty. Only the verdicts cannot be done without. */
const lenientSchema = z.object({
  verdicts: z.array(z.object({ id: z.string(), verdict: z.enum(VERDICTS), quote: z.string().nullish() })),
  next_step: z.string().catch(''),
  explanation: z.string().catch(''),
  off_topic: z.boolean().catch(false),
  asks_for_help: z.boolean().catch(false),
});

function parseJson(text: string): unknown {
  // Unenforced models wrap their JSON in a fence or in prose.
  for (const candidate of [text, text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)]) {
    try {
      return JSON.parse(candidate);
    } catch {}
  }
  return undefined;
}

function jsonSchema(): Record<string, unknown> {
  const { $schema: _unknownToSomeServers, ...schema } = z.toJSONSchema(gradingSchema);
  return schema;
}
