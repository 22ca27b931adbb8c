import type { Phone } from '../../contract/phone.ts';
import { displayNumber } from './display-number.ts';
import { unreadOf } from './emulator-view.ts';
import { TroubleIcon } from './icons.tsx';
import { phoneMarks } from './trouble/phone-marks.ts';

type Props = { phones: readonly Phone[]; inFront: string | null; onChoose: (number: string) => void };

/** Narrow screens only: which phone is shown. */
export function PhoneSwitcher({ phones, inFront, onChoose }: Props) {
  return (
    <nav className="phone-switcher" aria-label="Phones">
      {phones.map((phone) => (
        <button
          key={phone.number}
          type="button"
          aria-current={phone.number === inFront}
          onClick={() => onChoose(phone.number)}
        >
          {phone.name} <span className="quiet">{displayNumber(phone.number)}</span>
          <Troubled phone={phone} />
          <Unread count={unreadOf(phone).length} />
        </button>
      ))}
    </nav>
  );
}

function Troubled({ phone }: { phone: Phone }) {
  const marks = phoneMarks(phone);
  if (marks.length === 0) return null;
  return (
    <span className="troubled">
      <TroubleIcon />
      <span className="unseen"> {marks.map((it) => it.words).join(', ')}</span>
    </span>
  );
}

function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="unread">
      {count}
      <span className="unseen"> unread</span>
    </span>
  );
}
