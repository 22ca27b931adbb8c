import { z } from 'zod';

const perhapsText = z.string().optional().catch(undefined);
const perhapsCode = z
  .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);

/**
 * Meta's error object, the same in answers and in webhooks.
 * Each field stands for itself: a surprise in one of the texts must not hide the code, which decides everything.
 */
const graphErrorSchema = z.object({
  code: perhapsCode,
  error_subcode: perhapsCode,
  title: perhapsText,
  message: perhapsText,
  error_user_title: perhapsText,
  error_user_msg: perhapsText,
  error_data: z.object({ details: perhapsText }).optional().catch(undefined),
  fbtrace_id: perhapsText,
  is_transient: z.boolean().optional().catch(undefined),
});

/** What Meta says about a failure. */
export type GraphError = Readonly<Partial<z.infer<typeof graphErrorSchema>>>;

/** An item of a webhook's `errors`; null when it is not even an object. */
export function readGraphError(item: unknown): GraphError | null {
  return graphErrorSchema.safeParse(item).data ?? null;
}

/** The `error` of an answer; null when the answer holds none that can be read. */
export function graphErrorIn(body: unknown): GraphError | null {
  return readGraphError(z.object({ error: z.unknown() }).safeParse(body).data?.error);
}
