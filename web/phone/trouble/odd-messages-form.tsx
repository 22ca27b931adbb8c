import { type FormEvent, useState } from 'react';
import type { Phone } from '../../../contract/phone.ts';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import { wholeNumber } from './number-format.ts';
import { ODD_MESSAGES } from './odd-messages.ts';
import type { TroubleActions } from './use-trouble-actions.ts';

type Props = { phone: Phone; actions: TroubleActions };

/** What people send besides text: a voice note, a reaction, and what the bot cannot read. */
export function OddMessages({ phone, actions }: Props) {
  const [kind, setKind] = useState(0);
  const [seconds, setSeconds] = useState(5);
  const [isBusy, setIsBusy] = useState(false);
  const lastOfBot = phone.messages.findLast((it) => it.from === 'bot')?.wamid ?? null;

  const send = async (sending: () => Promise<boolean>) => {
    if (isBusy) return;
    setIsBusy(true);
    await sending();
    setIsBusy(false);
  };

  const react = (emoji: string | null) => {
    if (lastOfBot !== null) void send(() => actions.react(phone.number, lastOfBot, emoji));
  };

  const sendVoice = (event: FormEvent) => {
    event.preventDefault();
    void send(() => actions.sendVoice(phone.number, seconds));
  };

  const sendOdd = (event: FormEvent) => {
    event.preventDefault();
    const message = ODD_MESSAGES[kind]?.message;
    if (message !== undefined) void send(() => actions.sendOdd(phone.number, message));
  };

  return (
    <>
      <form className="trouble-form trouble-line" onSubmit={sendVoice}>
        <NumberField
          label="Voice note of"
          unit="seconds"
          format={LENGTH}
          value={seconds}
          onChange={setSeconds}
        />
        <button type="submit" aria-disabled={isBusy}>
          Send
          <span className="unseen"> the voice note</span>
        </button>
      </form>
      <form className="trouble-form trouble-line" onSubmit={sendOdd}>
        <ChoiceField
          label="Something else"
          choices={ODD_MESSAGES.map(({ name }, at) => ({ value: at, words: name }))}
          value={kind}
          onChange={setKind}
        />
        <button type="submit" aria-disabled={isBusy}>
          Send
          <span className="unseen"> that</span>
        </button>
      </form>
      {lastOfBot !== null && (
        <fieldset className="trouble-reactions">
          <legend>React to the bot’s last message</legend>
          {REACTIONS.map(({ emoji, meaning }) => (
            <button
              key={meaning}
              type="button"
              aria-label={meaning}
              aria-disabled={isBusy}
              onClick={() => react(emoji)}
            >
              {emoji}
            </button>
          ))}
          <button type="button" aria-disabled={isBusy} onClick={() => react(null)}>
            Take back
          </button>
        </fieldset>
      )}
    </>
  );
}

const LENGTH = wholeNumber(1, 300);

const REACTIONS: readonly { readonly emoji: string; readonly meaning: string }[] = [
  { emoji: '👍', meaning: 'Thumbs up' },
  { emoji: '❤️', meaning: 'Heart' },
  { emoji: '😕', meaning: 'Confused' },
];
