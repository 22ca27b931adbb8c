import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ChatMessage } from '../../contract/phone.ts';
import { voiceNote } from '../media/voice-note.ts';
import type { LearnerSide } from '../phones/learner-side.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import type { Delivery } from '../sending/delivery.ts';
import type { Faults } from '../sending/faults.ts';
import { refuse } from './refuse.ts';

const LONGEST_SAID = 4096;
const LONGEST_VOICE_SECONDS = 600;

const digits = z.string().regex(/^\d{6,15}$/, 'number must be 6 to 15 digits');
const newPhone = z.object({
  number: digits,
  name: z.string().trim().min(1, 'name must not be empty').max(100),
  language: z.enum(['en', 'es', 'pt']),
});
const sayText = z.object({
  text: z.string().min(1, 'text must not be empty').max(LONGEST_SAID),
  quoting: z.string().optional(),
});
const tapButton = z.object({ wamid: z.string(), buttonId: z.string() });
const reaction = z.object({ wamid: z.string(), emoji: z.string().min(1).nullable() });
const voice = z.object({ seconds: z.number().positive().max(LONGEST_VOICE_SECONDS) });
const played = z.object({ wamid: z.string() });
const anyMessage = z.looseObject({ type: z.string().min(1, 'type must not be empty') });
const failure = z.object({
  code: z.number().int().nonnegative().nullable(),
  seen: z.enum(['answer', 'status']).optional(),
});
const blocking = z.object({ blocked: z.boolean() });
const marketing = z.object({ wanted: z.boolean() });
const identity = z.object({ identity: z.enum(['both', 'phone-only', 'bsuid-only', 'bsuid-in-from']) });
const numberChange = z.object({
  number: digits,
  announceAs: z.enum(['user_changed_number', 'user_changed_user_id']),
});

type PhoneNeeds = {
  businessNumber: string;
  phones: PhoneBook;
  learnerSide: LearnerSide;
  delivery: Delivery;
  faults: Faults;
  /** Something may have become due. */
  poke: () => void;
};

/** What the people who hold the phones do, and what happens to them. */
export function registerPhoneApi(server: FastifyInstance, needs: PhoneNeeds): void {
  const { phones, learnerSide } = needs;

  server.post('/__emulator/phones', (request, reply) => {
    const wanted = newPhone.safeParse(request.body);
    if (!wanted.success) return refuse(reply, 400, wanted.error);
    const taken = whyTaken(wanted.data.number, null);
    if (taken !== null) return refuse(reply, 400, taken);
    return phones.shown(phones.add(wanted.data.number, wanted.data));
  });

  on('say', sayText, (phone, { text, quoting }) => ({
    wamid: learnerSide.say(phone, text, quoting ?? null),
  }));

  on('tap', tapButton, (phone, { wamid, buttonId }, reply) => {
    const buttons = messageOn(phone, wamid)?.buttons ?? [];
    if (!buttons.some((button) => button.id === buttonId)) return refuse(reply, 404, 'no such button');
    return { wamid: learnerSide.tap(phone, wamid, buttonId) };
  });

  on('read', z.unknown(), (phone) => {
    needs.delivery.readAll(phone);
    return { ok: true };
  });

  on('react', reaction, (phone, { wamid, emoji }, reply) => {
    if (messageOn(phone, wamid) === null) return refuse(reply, 404, 'no such message');
    return { wamid: learnerSide.react(phone, emoji, wamid) };
  });

  on('voice', voice, (phone, { seconds }) => ({
    wamid: learnerSide.sendVoice(phone, voiceNote({ seconds }), {
      mimeType: 'audio/ogg; codecs=opus',
      withUrl: true,
    }),
  }));

  on('play', played, (phone, { wamid }, reply) =>
    needs.delivery.play(phone, wamid) ? { ok: true } : refuse(reply, 404, 'no such voice message'),
  );

  on('send', anyMessage, (phone, content) => ({ wamid: learnerSide.sendAnything(phone, content) }));

  on('fails-with', failure, (phone, { code, seen }) => {
    if (code === null) needs.faults.healPhone(phone);
    else needs.faults.forRecipient(phone.number, code, seen);
    return phones.shown(phone);
  });

  on('block', blocking, (phone, { blocked }) => {
    learnerSide.setBlocked(phone, blocked);
    return phones.shown(phone);
  });

  on('marketing', marketing, (phone, { wanted }) => {
    learnerSide.setMarketing(phone, wanted);
    return phones.shown(phone);
  });

  on('identity', identity, (phone, wanted) => {
    learnerSide.showAs(phone, wanted.identity);
    return phones.shown(phone);
  });

  on('change-number', numberChange, (phone, change, reply) => {
    const taken = whyTaken(change.number, phone);
    if (taken !== null) return refuse(reply, 400, taken);
    learnerSide.changeNumber(phone, change);
    return phones.shown(phone);
  });

  function on<Body>(
    act: string,
    schema: z.ZodType<Body>,
    use: (phone: PretendPhone, body: Body, reply: FastifyReply) => object,
  ): void {
    server.post<{ Params: { number: string } }>(`/__emulator/phones/:number/${act}`, (request, reply) => {
      const body = schema.safeParse(request.body);
      if (!body.success) return refuse(reply, 400, body.error);
      const { number } = request.params;
      const phone = phones.find(number);
      if (phone === null) return refuse(reply, 404, `there is no phone with the number ${number}`);
      const result = use(phone, body.data, reply);
      needs.poke();
      return result;
    });
  }

  function whyTaken(number: string, mayHold: PretendPhone | null): string | null {
    if (number === needs.businessNumber) return 'this is the number of the bot';
    const holder = phones.find(number);
    if (holder === null || holder === mayHold) return null;
    return `there is a phone with the number ${number} already`;
  }
}

function messageOn(phone: PretendPhone, wamid: string): ChatMessage | null {
  return phone.bubbles.find(({ message }) => message.wamid === wamid)?.message ?? null;
}
