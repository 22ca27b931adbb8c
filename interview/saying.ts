import type { Button, Effect, MessageKind, Outgoing } from './turn.ts';

/** A free-form message: a reply inside the window. */
export function reply(
  text: string,
  buttons: readonly Button[] = [],
  askedId: string | null = null,
): Outgoing {
  return freeForm('reply', text, buttons, askedId);
}

/** The last word to somebody who wants to be left alone: the only kind of message that a STOP does not silence. */
export function goodbye(text: string): Outgoing {
  return freeForm('goodbye', text, [], null);
}

export function freeForm(
  kind: MessageKind,
  text: string,
  buttons: readonly Button[],
  askedId: string | null,
): Outgoing {
  return { kind, free: { text, buttons }, whole: null, teaser: null, askedId, expiresAt: null };
}

export function say(message: Outgoing): Effect {
  return { kind: 'say', message };
}
