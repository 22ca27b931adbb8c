import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { EmulatorState } from '../../contract/phone.ts';
import type { LearnerSide } from '../phones/learner-side.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { Delivery } from '../sending/delivery.ts';
import type { Faults } from '../sending/faults.ts';
import type { Switches } from '../switches.ts';
import type { TemplateControls } from '../templates/template-controls.ts';
import type { EventStream } from './event-stream.ts';
import { registerPhoneApi } from './phone-api.ts';
import { refuse } from './refuse.ts';
import { registerTemplateApi } from './template-api.ts';
import { registerTroubleApi } from './trouble-api.ts';

const moveClock = z.union([z.object({ byMs: z.number().finite() }), z.object({ to: z.number().finite() })]);

type ControlNeeds = {
  now: () => number;
  business: EmulatorState['business'];
  registrationUrl: string | null;
  phones: PhoneBook;
  learnerSide: LearnerSide;
  delivery: Delivery;
  events: EventStream;
  switches: Switches;
  faults: Faults;
  templates: TemplateControls;
  onClockMove: ((byMs: number) => void) | undefined;
  /** Something may have become due. */
  poke: () => void;
};

/**
 * What tests and the phone page ask for, below `/__emulator/`; the shapes are those of `contract/phone.ts` and
 * `contract/switches.ts`.
 */
export function registerControlApi(server: FastifyInstance, needs: ControlNeeds): void {
  const { now, phones } = needs;

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

  registerPhoneApi(server, { ...needs, businessNumber: needs.business.number });
  registerTroubleApi(server, needs);
  registerTemplateApi(server, needs);

  server.setErrorHandler((error, _request, reply) =>
    refuse(reply, 400, error instanceof Error ? error.message : 'bad request'),
  );
}
