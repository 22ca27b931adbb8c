import type { z } from 'zod';

/** What became of one item of a batch. */
export type ItemReading<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  /** Readable, and of no use to us. */
  | { readonly kind: 'ignored' }
  | Unreadable;

type Unreadable = { readonly kind: 'unreadable'; readonly why: string };

export const IGNORED = { kind: 'ignored' } as const;

export function unreadable(why: string): Unreadable {
  return { kind: 'unreadable', why };
}

/** Names the field and what was expected there, never what stood there: that may be a learner's words. */
export function misshapen(error: z.ZodError): Unreadable {
  return unreadable(
    error.issues.map((issue) => `${issue.path.join('.') || 'item'}: ${issue.message}`).join('; '),
  );
}
