import { TEMPLATE_LANGUAGE_CODE } from '../../interview/templates.ts';
import type { Outgoing, TemplateUse } from '../../interview/turn.ts';
import { type SendingForm, sendingForm, windowIsOpen } from '../../interview/window.ts';
import type { ChannelMessage } from '../channels/channel.ts';
import type { Reader } from '../store/store.ts';

/** What to hand to the channel as of now, or why nothing can be said now. */
export type ChosenForm =
  | { readonly form: Exclude<SendingForm, 'held'>; readonly message: ChannelMessage }
  /** `forGood`: waiting would not help, because there is no template for it. */
  | { readonly form: 'held'; readonly reason: string; readonly forGood: boolean };

export async function chooseForm(
  db: Reader,
  it: { outgoing: Outgoing; lastInboundAt: number | null; now: number },
): Promise<ChosenForm> {
  const { free, whole, teaser } = it.outgoing;
  const form = sendingForm({
    windowOpen: free !== null && windowIsOpen(it.lastInboundAt, it.now),
    whole: whole !== null && (await isUsable(db, whole)),
    teaser: teaser !== null && (await isUsable(db, teaser)),
  });
  switch (form) {
    case 'free':
      return free === null ? nothingToSay(it.outgoing) : { form, message: freeMessage(free) };
    case 'whole':
      return whole === null ? nothingToSay(it.outgoing) : { form, message: templateMessage(whole) };
    case 'teaser':
      return teaser === null ? nothingToSay(it.outgoing) : { form, message: templateMessage(teaser) };
    case 'held':
      return nothingToSay(it.outgoing);
    default: {
      const impossible: never = form;
      throw new Error(`Unknown form: ${String(impossible)}`);
    }
  }
}

function nothingToSay({ whole, teaser }: Outgoing): ChosenForm {
  return whole === null && teaser === null
    ? { form: 'held', reason: 'the window is closed and there is no template for it', forGood: true }
    : {
        form: 'held',
        reason: 'the window is closed and its templates are paused or rejected',
        forGood: false,
      };
}

/** Not known yet counts as usable: Meta tells us soon enough, and a morning must not wait for a missing webhook. */
async function isUsable(db: Reader, use: TemplateUse): Promise<boolean> {
  const row = await db.q
    .selectFrom('templates')
    .select('state')
    .where('name', '=', use.template)
    .where('language_code', '=', TEMPLATE_LANGUAGE_CODE[use.language])
    .executeTakeFirst();
  return row === undefined || row.state === null || !UNUSABLE.has(row.state);
}

const UNUSABLE: ReadonlySet<string> = new Set([
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'DELETED',
  'PENDING_DELETION',
  'ARCHIVED',
  'LIMIT_EXCEEDED',
]);

function freeMessage(say: {
  text: string;
  buttons: readonly { payload: string; title: string }[];
}): ChannelMessage {
  return say.buttons.length === 0
    ? { form: 'text', text: say.text }
    : {
        form: 'buttons',
        text: say.text,
        buttons: say.buttons.map((button) => ({ id: button.payload, title: button.title })),
      };
}

function templateMessage(use: TemplateUse): ChannelMessage {
  return {
    form: 'template',
    name: use.template,
    languageCode: TEMPLATE_LANGUAGE_CODE[use.language],
    parameters: use.parameters,
    payloads: use.payloads,
  };
}
