import { z } from 'zod';
import type { SendOutcome } from '../channel.ts';
import { failureOf, notSent } from './failures.ts';
import type { GraphAnswer } from './graph.ts';
import { graphErrorIn } from './graph-error.ts';
import { addressesIn } from './identifiers.ts';

const idOfMessage = z.object({ messages: z.tuple([z.object({ id: z.string().min(1) })], z.unknown()) });

const text = z.string().nullish();
const contactOfMessage = z.object({
  contacts: z.tuple([z.object({ wa_id: text, user_id: text })], z.unknown()),
});

/** What to do next after a call that was to send a message. */
export function outcomeOfSending(answer: GraphAnswer): SendOutcome {
  switch (answer.kind) {
    case 'not-sent':
      return { kind: 'refused', failure: notSent(answer.why) };
    case 'no-answer':
      return { kind: 'unknown', why: answer.why };
    case 'answered':
      return outcomeOfAnswer(answer.status, answer.body);
    default: {
      const impossible: never = answer;
      throw new Error(`no outcome for ${JSON.stringify(impossible)}`);
    }
  }
}

function outcomeOfAnswer(status: number, body: unknown): SendOutcome {
  const succeeded = status >= 200 && status < 300;
  const message = idOfMessage.safeParse(body);
  if (succeeded && message.success) {
    const contact = contactOfMessage.safeParse(body).data?.contacts[0];
    const { phone, bsuid } = addressesIn([contact?.user_id, contact?.wa_id]);
    return { kind: 'accepted', channelId: message.data.messages[0].id, waId: phone, bsuid };
  }
  const error = graphErrorIn(body);
  // A success we cannot read may well have sent the message; only an error in so many words says that it has not.
  if (succeeded && error === null) return { kind: 'unknown', why: `HTTP ${status} without a message id` };
  return { kind: 'refused', failure: failureOf(error, status) };
}
