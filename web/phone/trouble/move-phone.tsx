import { type FormEvent, useId, useState } from 'react';
import type { Phone } from '../../../contract/phone.ts';
import type { NumberChange } from '../../../contract/switches.ts';
import { digitsOf, displayNumber } from '../display-number.ts';
import { suggestPhone } from '../ready-phones.ts';
import { type Choice, ChoiceField } from './choice-field.tsx';

type Props = {
  phone: Phone;
  phones: readonly Phone[];
  onMove: (number: string, change: NumberChange) => Promise<boolean>;
  onMoved: (number: string) => void;
};

/** The owner takes the chat along to another number. */
export function MovePhone({ phone, phones, onMove, onMoved }: Props) {
  // Null until typed into: until then the field shows a number that is free.
  const [typed, setTyped] = useState<string | null>(null);
  const [announceAs, setAnnounceAs] = useState<NumberChange['announceAs']>('user_changed_number');
  const [showProblem, setShowProblem] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();

  const number = typed ?? displayNumber(suggestPhone(phone.language, phones).number);
  const digits = digitsOf(number);
  const problem = problemOf(digits, phones);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setShowProblem(true);
    if (problem !== null || digits === null || isBusy) return;
    setIsBusy(true);
    const moved = await onMove(phone.number, { number: digits, announceAs });
    setIsBusy(false);
    if (moved) onMoved(digits);
  };

  return (
    <form className="trouble-form" onSubmit={(event) => void submit(event)}>
      <h4>Change the number</h4>
      <div className="trouble-field trouble-wide">
        <label htmlFor={id}>New number</label>
        <input
          id={id}
          type="tel"
          maxLength={30}
          autoComplete="off"
          value={number}
          aria-invalid={showProblem && problem !== null}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p id={`${id}-problem`} className="trouble-problem" role="alert">
          {showProblem && problem}
        </p>
      </div>
      <ChoiceField label="Announced as" choices={ANNOUNCEMENTS} value={announceAs} onChange={setAnnounceAs} />
      <button type="submit" aria-disabled={isBusy}>
        Change the number
      </button>
    </form>
  );
}

function problemOf(digits: string | null, phones: readonly Phone[]): string | null {
  if (digits === null) return 'Write it with its country code: 8 to 15 digits.';
  if (phones.some((phone) => phone.number === digits)) return 'There is a phone with this number already.';
  return null;
}

const ANNOUNCEMENTS: readonly Choice<NumberChange['announceAs']>[] = [
  { value: 'user_changed_number', words: 'user_changed_number' },
  { value: 'user_changed_user_id', words: 'user_changed_user_id' },
];
