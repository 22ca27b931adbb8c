import { useState } from 'react';
import type { NewPhone } from '../../contract/phone.ts';
import { displayNumber } from './display-number.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import { READY_PHONES } from './ready-phones.ts';

type Props = {
  hasLinkedMessage: boolean;
  makePhones: (phones: readonly NewPhone[]) => Promise<boolean>;
  onNewPhone: () => void;
};

/** What the page shows before there is a phone. */
export function Welcome({ hasLinkedMessage, makePhones, onNewPhone }: Props) {
  const [isBusy, setIsBusy] = useState(false);

  const makeReadyPhones = async () => {
    if (isBusy) return;
    setIsBusy(true);
    await makePhones(READY_PHONES);
    setIsBusy(false);
  };

  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">
        {hasLinkedMessage ? 'Which phone sends your message?' : 'Try the bot without WhatsApp'}
      </h2>
      <p>
        {hasLinkedMessage
          ? 'There is no phone yet. Make one, and your message waits in it, ready to send.'
          : 'Pretend phones, in three languages. Chat with the bot as its learners do, and move the clock to tomorrow when you like.'}
      </p>
      <ul className="welcome-people">
        {READY_PHONES.map((phone) => (
          <li key={phone.number}>
            <span className="avatar" aria-hidden="true">
              {phone.name[0]}
            </span>
            <span>
              <strong>{phone.name}</strong> {LANGUAGE_NAMES[phone.language]}
              <br />
              <span className="quiet">{displayNumber(phone.number)}</span>
            </span>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="primary large"
        aria-disabled={isBusy}
        onClick={() => void makeReadyPhones()}
      >
        Use these three phones
      </button>
      <button type="button" className="plain" onClick={onNewPhone}>
        Make a phone of your own
      </button>
    </section>
  );
}
