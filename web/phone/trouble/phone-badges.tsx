import type { Phone } from '../../../contract/phone.ts';
import { phoneMarks } from './phone-marks.ts';

/** What is out of the ordinary about a phone, above its chat; nothing about an ordinary one. */
export function PhoneBadges({ phone }: { phone: Phone }) {
  const marks = phoneMarks(phone);
  if (marks.length === 0) return null;
  return (
    <ul className="phone-badges" aria-label={`Out of the ordinary about ${phone.name}’s phone`}>
      {marks.map(({ words, meaning }) => (
        <li key={words} title={meaning}>
          {words}
        </li>
      ))}
    </ul>
  );
}
