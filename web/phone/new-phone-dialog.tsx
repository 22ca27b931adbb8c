import { type FormEvent, useState } from 'react';
import type { NewPhone, Phone } from '../../contract/phone.ts';
import { digitsOf, displayNumber } from './display-number.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import { Modal } from './modal.tsx';
import { suggestPhone } from './ready-phones.ts';

type Props = {
  phones: readonly Phone[];
  makePhones: (phones: readonly NewPhone[]) => Promise<boolean>;
  onMade: (number: string) => void;
  onClose: () => void;
};

const LANGUAGES: readonly NewPhone['language'][] = ['en', 'es', 'pt'];

/** Name, number and language of one more phone, with a suggestion that can be taken as it is. */
export function NewPhoneDialog({ phones, makePhones, onMade, onClose }: Props) {
  const [language, setLanguage] = useState<NewPhone['language']>('en');
  const suggestion = suggestPhone(language, phones);
  // Null until typed into: until then the fields follow the suggestion for the chosen language.
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedNumber, setTypedNumber] = useState<string | null>(null);
  const [showErrors, setShowErrors] = useState(false);

  const name = typedName ?? suggestion.name;
  const number = typedNumber ?? displayNumber(suggestion.number);
  const digits = digitsOf(number);
  const nameError = name.trim() === '' ? 'Give the phone a name.' : null;
  const numberError = numberErrorOf(digits, phones);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setShowErrors(true);
    if (nameError !== null || numberError !== null || digits === null) return;
    if (!(await makePhones([{ name: name.trim(), number: digits, language }]))) return;
    onMade(digits);
    onClose();
  };

  return (
    <Modal title="New phone" onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <label htmlFor="new-phone-name">Name</label>
        <input
          id="new-phone-name"
          value={name}
          maxLength={60}
          autoComplete="off"
          aria-invalid={showErrors && nameError !== null}
          aria-describedby="new-phone-name-error"
          onChange={(event) => setTypedName(event.target.value)}
        />
        <p id="new-phone-name-error" className="field-error">
          {showErrors && nameError}
        </p>
        <label htmlFor="new-phone-number">Number</label>
        <input
          id="new-phone-number"
          value={number}
          type="tel"
          maxLength={30}
          autoComplete="off"
          aria-invalid={showErrors && numberError !== null}
          aria-describedby="new-phone-number-error"
          onChange={(event) => setTypedNumber(event.target.value)}
        />
        <p id="new-phone-number-error" className="field-error">
          {showErrors && numberError}
        </p>
        <fieldset>
          <legend>Language</legend>
          {LANGUAGES.map((it) => (
            <label key={it} className="radio">
              <input
                type="radio"
                name="language"
                checked={language === it}
                onChange={() => setLanguage(it)}
              />
              {LANGUAGE_NAMES[it]}
            </label>
          ))}
        </fieldset>
        <button type="submit" className="primary large">
          Make this phone
        </button>
      </form>
    </Modal>
  );
}

function numberErrorOf(digits: string | null, phones: readonly Phone[]): string | null {
  if (digits === null) return 'Write the number with its country code: 8 to 15 digits.';
  if (phones.some((phone) => phone.number === digits)) return 'There is a phone with this number already.';
  return null;
}
