import type { Effect, Outgoing, Turn } from '../../interview/turn.ts';

/** What a turn does, without its words: `['collect', 'acknowledge']`. */
export function effectsOf(turn: Turn): Effect['kind'][] {
  return turn.map((effect) => effect.kind);
}

/** The one message of a turn; a turn that says nothing, or more than one thing, is a mistake. */
export function messageIn(turn: Turn): Outgoing {
  const messages = turn.flatMap((effect) => (effect.kind === 'say' ? [effect.message] : []));
  const [message] = messages;
  if (message === undefined || messages.length > 1)
    throw new Error(`Said ${messages.length} things: ${JSON.stringify(turn)}`);
  return message;
}

/** Its words. */
export function saidIn(turn: Turn): string {
  const { free } = messageIn(turn);
  if (free === null) throw new Error('Said nothing in free form');
  return free.text;
}

/** The effect of that kind; there must be exactly one. */
export function effectIn<Kind extends Effect['kind']>(
  turn: Turn,
  kind: Kind,
): Extract<Effect, { kind: Kind }> {
  const found = turn.filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);
  const [effect] = found;
  if (effect === undefined || found.length > 1)
    throw new Error(`${found.length} effects are ${kind}: ${JSON.stringify(turn)}`);
  return effect;
}
