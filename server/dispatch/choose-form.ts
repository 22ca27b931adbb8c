import { templateCodes } from '../../interview/templates.ts';
import type { Outgoing, TemplateUse } from '../../interview/turn.ts';
import { windowIsOpen } from '../../interview/window.ts';
import type { ChannelMessage } from '../channels/channel.ts';
import { type Stoppage, templateGroup } from '../store/stoppages.ts';
import type { Reader } from '../store/store.ts';
import type { HeldFor } from '../store/tables.ts';
import { isUsable, templateState } from '../store/template-states.ts';

/** What to hand to the channel as of now, or why nothing can be said now. */
export type ChosenForm =
  | { readonly form: 'free'; readonly message: ChannelMessage; readonly template: null }
  | {
      readonly form: 'whole' | 'teaser';
      readonly message: ChannelMessage;
      /** `daily_question:pt_BR` */
      readonly template: string;
    }
  /** `window`: there is no template for it, only the learner's own next message helps. */
  | { readonly form: 'held'; readonly heldFor: HeldFor; readonly reason: string };

/**
 * Free text while the window is open; else the question inside its template, else the teaser whose button opens the
 * window. A template that Meta calls marketing comes last, and to numbers of the United States not at all: Meta
 * delivers none there.
 */
export async function chooseForm(
  db: Reader,
  it: {
    outgoing: Outgoing;
    lastInboundAt: number | null;
    country: string | null;
    stoppages: readonly Stoppage[];
    now: number;
  },
): Promise<ChosenForm> {
  const { free, whole, teaser } = it.outgoing;
  if (free !== null && windowIsOpen(it.lastInboundAt, it.now))
    return { form: 'free', message: freeMessage(free), template: null };
  if (whole === null && teaser === null) {
    const reason = 'the window is closed and there is no template for it';
    return { form: 'held', heldFor: 'window', reason };
  }
  const candidates = [...candidatesOf('whole', whole), ...candidatesOf('teaser', teaser)];
  const usable: { candidate: Candidate; isMarketing: boolean }[] = [];
  let keptFromUs = false;
  for (const candidate of candidates) {
    const { use, code } = candidate;
    const known = await templateState(db, use.template, code);
    const isMarketing = known?.category === 'MARKETING';
    const stopped = it.stoppages.some(
      (stoppage) => stoppage.scope === `template:${use.template}:${code}` && it.now < stoppage.probe_at,
    );
    if (!isUsable(known?.state ?? null) || stopped) continue;
    if (candidate.isFallback && known?.state !== 'APPROVED') continue;
    if (isMarketing && it.country === 'US') keptFromUs = true;
    else usable.push({ candidate, isMarketing });
  }
  const chosen = usable.find(({ isMarketing }) => !isMarketing) ?? usable[0];
  if (chosen === undefined) {
    const [first] = candidates;
    if (first === undefined) throw new Error('A template use has at least one language code');
    const group = templateGroup(first.use.template, first.code);
    return keptFromUs
      ? {
          form: 'held',
          heldFor: `${group}:US`,
          reason: 'its template is marketing, which Meta does not deliver in the US',
        }
      : {
          form: 'held',
          heldFor: group,
          reason: 'the window is closed and no template for it may be sent now',
        };
  }
  const { form, use, code } = chosen.candidate;
  return { form, message: templateMessage(use, code), template: `${use.template}:${code}` };
}

type Candidate = {
  readonly form: 'whole' | 'teaser';
  readonly use: TemplateUse;
  readonly code: string;
  /** Not the language's own code: only sent when Meta is known to have approved it. */
  readonly isFallback: boolean;
};

function candidatesOf(form: Candidate['form'], use: TemplateUse | null): Candidate[] {
  if (use === null) return [];
  return templateCodes(use.language).map((code, index) => ({ form, use, code, isFallback: index > 0 }));
}

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

function templateMessage(use: TemplateUse, languageCode: string): ChannelMessage {
  return {
    form: 'template',
    name: use.template,
    languageCode,
    parameters: use.parameters,
    payloads: use.payloads,
  };
}
