import { z } from 'zod';

/** The one shape of every error that leaves by HTTP. `details` holds a sentence per field, or is empty. */
export const errorBody = z
  .object({
    error_code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.string()),
    timestamp: z.iso.datetime(),
    request_id: z.string(),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.infer<typeof errorBody>;
