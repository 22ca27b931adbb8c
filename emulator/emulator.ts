import { randomInt } from 'node:crypto';
import fastify from 'fastify';
import type { EmulatorSwitches, SwitchChange, WebhookTroubles } from '../contract/switches.ts';
import { createAgenda } from './agenda.ts';
import { registerControlApi } from './control/control-api.ts';
import { createEventStream } from './control/event-stream.ts';
import { registerPhonePage } from './control/phone-page.ts';
import { createAccountState } from './graph/account-state.ts';
import { appRoutes } from './graph/app-subscription.ts';
import { blockUserRoutes } from './graph/block-users.ts';
import { businessAccountRoutes } from './graph/business-account.ts';
import type { Seen } from './graph/error-codes.ts';
import { registerGraphApi } from './graph/graph-api.ts';
import { mediaRoutes } from './graph/media.ts';
import { messageRoutes } from './graph/messages.ts';
import { phoneNumberRoutes } from './graph/phone-number.ts';
import { envelopeOf, unknownPath } from './graph/refusal.ts';
import { templateRoutes } from './graph/templates.ts';
import { createUsage } from './graph/usage.ts';
import { createIdentifiers } from './identifiers.ts';
import { createLuck } from './luck.ts';
import { createMediaShelf } from './media/media-shelf.ts';
import { DEFAULT_HOST, type EmulatorOptions, LIKE_META } from './options.ts';
import { createLearnerSide } from './phones/learner-side.ts';
import { metaSpelling } from './phones/meta-spelling.ts';
import { createPhoneBook, type PhoneProfile } from './phones/phone-book.ts';
import { createPhoneHandle, type PhoneHandle } from './phones/phone-handle.ts';
import { createDelivery } from './sending/delivery.ts';
import { createExchange } from './sending/exchange.ts';
import { createFaults, type Fault } from './sending/faults.ts';
import { createLimitKeeper } from './sending/limits.ts';
import { createPacing } from './sending/pacing.ts';
import type { SendRecord } from './sending/send-record.ts';
import { createSwitches } from './switches.ts';
import { createTemplateBook } from './templates/template-book.ts';
import { createTemplateControls, type TemplateControls } from './templates/template-controls.ts';
import { accountNotifications } from './webhooks/account-notifications.ts';
import type { AnswerTimes } from './webhooks/answer-times.ts';
import { createNotifications } from './webhooks/notifications.ts';
import { createSubscription } from './webhooks/subscription.ts';
import { templateNotification } from './webhooks/template-notifications.ts';
import { createWebhookSender, type WebhookRecord } from './webhooks/webhook-sender.ts';

export type { EmulatorOptions } from './options.ts';
export type { PhoneHandle } from './phones/phone-handle.ts';

/** How often the clock is looked at when nobody calls `tick`. */
const LOOK_EVERY_MS = 25;

export type Emulator = {
  start(): Promise<{ url: string }>;
  close(): Promise<void>;
  /** Sends every notification there from now on, as if both halves of the set-up had been made. */
  setWebhookUrl(url: string): void;
  /** The phone with this number, made if it is new; a profile changes what is known of who holds it. */
  phone(number: string, profile?: PhoneProfile): PhoneHandle;
  /** Does what became due. A light timer does it too; a test that moved the clock need not wait for it. */
  tick(): void;
  /** Resolves when nothing is due at `now()` and every notification due was answered. Retries of later do not count. */
  settle(): Promise<void>;
  /** Every accepted message, in order. */
  readonly sends: readonly SendRecord[];
  /** Every delivery attempt, in the order in which they ended. */
  readonly webhooks: readonly WebhookRecord[];
  /** How fast the service answers its notifications, in real time. */
  answerTimes(): AnswerTimes;
  readonly faults: {
    next(n: number, fault: Fault): void;
    forRecipient(numberOrBsuid: string, code: number, seen?: Seen): void;
    clear(): void;
  };
  /** Every trouble there is, to be read and written while the emulator runs. */
  readonly switches: EmulatorSwitches;
  /** Several switches at once. */
  change(switches: SwitchChange): void;
  /** Short for the webhooks' half of `switches`. */
  readonly webhookSwitches: WebhookTroubles;
  /** Forgets what was said and told before that instant: over simulated months it would fill the memory. */
  forget(before: number): void;
  /** Everything well again, as at the start, and all faults forgotten. */
  reset(): void;
  readonly templates: TemplateControls;
};

/** A pretend Meta Cloud API at the wire, with phones to talk on. It shares no code with the service it tests. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { now } = options;
  const seed = options.seed ?? randomInt(2 ** 32);
  const identifiers = createIdentifiers(createLuck(seed));
  const agenda = createAgenda(now);
  const events = createEventStream();
  const switches = createSwitches(options.switches ?? {}, (before, after) => {
    events.tell({ kind: 'switches', switches: after });
    const about = { businessNumber: options.businessNumber, atSeconds: seconds() };
    for (const news of accountNotifications(before.account, after.account, about)) post(news);
    poke();
  });
  const { account } = switches.live;
  const seconds = () => Math.floor(now() / 1000);
  const faults = createFaults((recipient) => {
    const phone = phones.find(recipient) ?? phones.findByBsuid(recipient);
    if (phone !== null) phones.announce(phone);
  });
  const subscription = createSubscription(options.webhookUrl);
  const state = options.state ?? createAccountState();
  const notifications = createNotifications({
    number: options.businessNumber,
    phoneNumberId: options.phoneNumberId,
  });
  const sender = createWebhookSender({
    ...options,
    agenda,
    // Of its own, so that ids do not depend on how fast the service answers.
    luck: createLuck(seed + 3),
    subscription,
    switches: switches.live.webhooks,
    warn: options.warn ?? (() => undefined),
  });
  const { post } = sender;
  const phones = createPhoneBook({
    now,
    tell: events.tell,
    spell: options.spelling === 'like-meta' ? metaSpelling : (number) => number,
    faultOf: faults.of,
  });
  const media = createMediaShelf({ now, identifiers });
  const templates = createTemplateBook({
    now,
    agenda,
    identifiers,
    approvalDelayMs: options.templateApprovalDelayMs ?? 0,
    account,
    tell: (news) => post(templateNotification(news, seconds())),
  });
  const limitKeeper = createLimitKeeper(now, account);
  const delivery = createDelivery({
    now,
    agenda,
    phones,
    notifications,
    post,
    automatic: options.automatic ?? LIKE_META,
    switches: switches.live,
    luck: createLuck(seed + 1),
  });
  const pacing = createPacing();
  const exchange = createExchange({
    now,
    identifiers,
    phones,
    faults,
    limitKeeper,
    delivery,
    account,
    pacing,
    unknownNumbers: options.unknownNumbers ?? 'create',
  });

  let url = '';
  const urlOf = (path: string) => url + path;
  const learnerSide = createLearnerSide({
    now,
    businessNumber: options.businessNumber,
    identifiers,
    phones,
    media,
    notifications,
    post,
    urlOf,
  });

  const templateControls = createTemplateControls({
    book: templates,
    pacing,
    change: switches.change,
    poke,
  });
  const server = fastify({ forceCloseConnections: true });
  server.register((graph, _options, done) => {
    registerGraphApi(graph, {
      ...options,
      identifiers,
      templates,
      media,
      state,
      poke,
      usage: createUsage(options),
      routes: {
        ...messageRoutes({
          now,
          businessNumber: options.businessNumber,
          phones,
          templates,
          media,
          exchange,
          faults,
          limitKeeper,
          sending: switches.live.sending,
          luck: createLuck(seed + 2),
        }),
        ...phoneNumberRoutes({ ...options, identifiers, subscription, state, account }),
        ...blockUserRoutes({ now, phones }),
        ...businessAccountRoutes({ ...options, identifiers, subscription, state, account }),
        ...appRoutes({ ...options, identifiers, subscription, state }),
        ...templateRoutes({ book: templates, urlOf }),
        ...mediaRoutes({ shelf: media, phoneNumberId: options.phoneNumberId, urlOf }),
      },
    });
    done();
  });
  server.register((control, _options, done) => {
    registerControlApi(control, {
      now,
      business: { number: options.businessNumber, name: options.businessName },
      registrationUrl: options.registrationUrl,
      phones,
      learnerSide,
      delivery,
      events,
      switches,
      faults,
      templates: templateControls,
      onClockMove: options.onClockMove,
      poke,
    });
    done();
  });
  registerPhonePage(server, options.pageRoot);
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/__emulator/')) return reply.code(404).send({ error: `there is no ${path}` });
    return reply.code(400).send(envelopeOf(unknownPath(path), identifiers.trace()));
  });

  let timer: NodeJS.Timeout | null = null;
  let poked = false;

  function tick(): void {
    agenda.runDue();
    sender.pump();
  }

  /** After the present call has answered: Meta's notifications may be quick, but they follow the answer. */
  function poke(): void {
    if (poked) return;
    poked = true;
    setImmediate(() => {
      poked = false;
      tick();
    });
  }

  return {
    async start() {
      url = await server.listen({ port: options.port, host: options.host ?? DEFAULT_HOST });
      timer = setInterval(tick, LOOK_EVERY_MS);
      timer.unref();
      return { url };
    },
    async close() {
      if (timer !== null) clearInterval(timer);
      events.close();
      await sender.close();
      await server.close();
    },
    setWebhookUrl: subscription.sendEverythingTo,
    phone(number, profile) {
      const digits = number.replace(/\D/g, '');
      const known = phones.find(digits);
      if (known !== null && profile !== undefined) phones.introduce(known, profile);
      const phone = known ?? phones.add(digits, profile ?? { name: `+${digits}` });
      return createPhoneHandle(phone, { phones, learnerSide, delivery, poke });
    },
    tick,
    async settle() {
      for (;;) {
        tick();
        if (sender.isIdle() && !agenda.hasDue()) return;
        await sender.whenIdle();
      }
    },
    sends: exchange.sends,
    webhooks: sender.records,
    answerTimes: sender.answerTimes,
    faults: { next: faults.next, forRecipient: faults.forRecipient, clear: faults.clear },
    switches: switches.live,
    change: switches.change,
    forget(before) {
      exchange.forget(before);
      sender.forget(before);
      phones.forget(before);
    },
    webhookSwitches: switches.live.webhooks,
    reset() {
      faults.clear();
      switches.reset();
    },
    templates: templateControls,
  };
}
