import type { Choice, Effect, MessageKind, Outgoing } from './turn.ts';

/** A free-form message: a reply inside the window. */
export function reply(
  text: string,
  buttons: readonly Choice[] = [],
  askedId: string | null = null,
): Outgoing {
  return freeForm('reply', text, buttons, askedId);
}

export function freeForm(
  kind: MessageKind,
  text: string,
  buttons: readonly Choice[],
  askedId: string | null,
): Outgoing {
  return { kind, free: { text, buttons }, whole: null, teaser: null, askedId, expiresAt: null };
}

export function say(message: Outgoing): Effect {
  return { kind: 'say', message };
}
