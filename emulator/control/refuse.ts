import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** The one shape of errors here. Of a body that does not fit, each sentence names the field. */
export function refuse(reply: FastifyReply, status: 400 | 404, why: z.ZodError | string): FastifyReply {
  return reply.code(status).send({ error: typeof why === 'string' ? why : sentenceOf(why) });
}

function sentenceOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) =>
      message.startsWith('Invalid') ? `${z.core.toDotPath(path)}: ${message}` : message,
    )
    .join('; ');
}
