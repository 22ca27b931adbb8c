import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { EmulatorState } from '../../contract/phone.ts';
import type { LearnerSide } from '../phones/learner-side.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import type { Delivery } from '../sending/delivery.ts';
import type { EventStream } from './event-stream.ts';

const LONGEST_SAID = 4096;

const newPhone = z.object({
  number: z.string().regex(/^\d{6,15}$/, 'number must be 6 to 15 digits'),
  name: z.string().trim().min(1, 'name must not be empty').max(100),
  language: z.enum(['en', 'es', 'pt']),
});
const sayText = z.object({
  text: z.string().min(1, 'text must not be empty').max(LONGEST_SAID),
  quoting: z.string().optional(),
});
const tapButton = z.object({ wamid: z.string(), buttonId: z.string() });
const moveClock = z.union([z.object({ byMs: z.number().finite() }), z.object({ to: z.number().finite() })]);

type ControlNeeds = {
  now: () => number;
  business: EmulatorState['business'];
  registrationUrl: string | null;
  phones: PhoneBook;
  learnerSide: LearnerSide;
  delivery: Delivery;
  events: EventStream;
  onClockMove: ((byMs: number) => void) | undefined;
  /** Something may have become due. */
  poke: () => void;
};

/** What the phone page asks for, below `/__emulator/`; the shapes are those of `contract/phone.ts`. */
export function registerControlApi(server: FastifyInstance, needs: ControlNeeds): void {
  const { now, phones, learnerSide } = needs;

  server.get(
    '/__emulator/state',
    (): EmulatorState => ({
      now: now(),
      business: needs.business,
      registrationUrl: needs.registrationUrl,
      phones: phones.all().map(phones.shown),
    }),
  );

  server.get('/__emulator/events', (_request, reply) => {
    reply.hijack();
    needs.events.attach(reply.raw);
  });

  server.post('/__emulator/phones', (request, reply) => {
    const wanted = newPhone.safeParse(request.body);
    if (!wanted.success) return refuse(reply, 400, wanted.error);
    if (phones.find(wanted.data.number) !== null) {
      return refuse(reply, 400, `there is a phone with the number ${wanted.data.number} already`);
    }
    if (wanted.data.number === needs.business.number)
      return refuse(reply, 400, 'this is the number of the bot');
    return phones.shown(phones.add(wanted.data.number, wanted.data));
  });

  server.post<{ Params: { number: string } }>('/__emulator/phones/:number/say', (request, reply) => {
    const said = sayText.safeParse(request.body);
    if (!said.success) return refuse(reply, 400, said.error);
    return onPhone(request.params.number, reply, (phone) => {
      return { wamid: learnerSide.say(phone, said.data.text, said.data.quoting ?? null) };
    });
  });

  server.post<{ Params: { number: string } }>('/__emulator/phones/:number/tap', (request, reply) => {
    const tapped = tapButton.safeParse(request.body);
    if (!tapped.success) return refuse(reply, 400, tapped.error);
    const { wamid, buttonId } = tapped.data;
    return onPhone(request.params.number, reply, (phone) => {
      const shown = phone.bubbles.find((bubble) => bubble.message.wamid === wamid)?.message;
      if (!shown?.buttons.some((button) => button.id === buttonId))
        return refuse(reply, 404, 'no such button');
      return { wamid: learnerSide.tap(phone, wamid, buttonId) };
    });
  });

  server.post<{ Params: { number: string } }>('/__emulator/phones/:number/read', (request, reply) =>
    onPhone(request.params.number, reply, (phone) => {
      needs.delivery.readAll(phone);
      return { ok: true };
    }),
  );

  server.post('/__emulator/clock', (request, reply) => {
    const move = moveClock.safeParse(request.body);
    if (!move.success) return refuse(reply, 400, move.error);
    const byMs = 'byMs' in move.data ? move.data.byMs : move.data.to - now();
    if (needs.onClockMove === undefined) return refuse(reply, 400, 'this clock cannot be moved');
    if (byMs < 0) return refuse(reply, 400, 'the clock never goes back');
    needs.onClockMove(byMs);
    needs.events.tell({ kind: 'clock', now: now() });
    needs.poke();
    return { now: now() };
  });

  server.setErrorHandler((error, _request, reply) =>
    refuse(reply, 400, error instanceof Error ? error.message : 'bad request'),
  );

  function onPhone(number: string, reply: FastifyReply, use: (phone: PretendPhone) => object): object {
    const phone = phones.find(number);
    if (phone === null) return refuse(reply, 404, `there is no phone with the number ${number}`);
    const result = use(phone);
    needs.poke();
    return result;
  }
}

function refuse(reply: FastifyReply, status: 400 | 404, why: z.ZodError | string): FastifyReply {
  const sentence = typeof why === 'string' ? why : why.issues.map((issue) => issue.message).join('; ');
  return reply.code(status).send({ error: sentence });
}
