import { useState } from 'react';
import type { Phone } from '../../contract/phone.ts';
import { OpenIcon } from './icons.tsx';
import { registrationLink } from './registration-link.ts';

type Props = {
  phone: Phone;
  registrationUrl: string | null;
  hasLinkedText: boolean;
  onUse: (number: string) => void;
};

/** A phone without messages: the three steps to the first feedback. */
export function EmptyChat({ phone, registrationUrl, hasLinkedText, onUse }: Props) {
  const [wasOpened, setWasOpened] = useState(false);

  if (hasLinkedText) {
    return (
      <div className="empty-chat">
        <h3>Almost there</h3>
        <p>Your message is typed in below. Press Send, and the first question comes.</p>
      </div>
    );
  }
  if (registrationUrl === null) {
    return (
      <div className="empty-chat">
        <h3>No messages yet</h3>
        <p>The emulator runs alone. Point your service at it, or write the first message.</p>
      </div>
    );
  }

  const register = () => {
    onUse(phone.number);
    window.open(registrationLink(registrationUrl, phone), '_blank', 'noopener');
    setWasOpened(true);
  };

  return (
    <div className="empty-chat">
      <h3>Three steps to {phone.name}’s first feedback</h3>
      <ol>
        <li>
          <p>
            <strong>Register this phone.</strong> The form opens in a new tab, your name and number filled in.
            Choose what to train, tick the box, sign up, and come back here.
          </p>
          <button type="button" className="primary large" onClick={register}>
            Register this phone
            <OpenIcon />
          </button>
          {wasOpened && (
            <p className="waiting" role="status">
              Waiting for the welcome…
            </p>
          )}
        </li>
        <li>
          <p>
            <strong>Tap Start</strong> when the welcome arrives.
          </p>
        </li>
        <li>
          <p>
            <strong>Answer the question</strong> in your own words. Feedback comes within seconds.
          </p>
        </li>
      </ol>
    </div>
  );
}
