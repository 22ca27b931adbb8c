import type { Phone } from '../../../contract/phone.ts';
import type { ErrorCodeChoice, ShownIdentity } from '../../../contract/switches.ts';
import { displayNumber } from '../display-number.ts';
import { type Choice, ChoiceField } from './choice-field.tsx';
import { codeChoices } from './code-choices.ts';
import { MovePhone } from './move-phone.tsx';
import { OddMessages } from './odd-messages-form.tsx';
import { Toggle } from './toggle.tsx';
import type { TroubleActions } from './use-trouble-actions.ts';

type Props = {
  phones: readonly Phone[];
  phone: Phone;
  codes: readonly ErrorCodeChoice[];
  actions: TroubleActions;
  onChoose: (number: string) => void;
};

/** What is out of the ordinary about one phone, and what its owner does beyond writing. */
export function PhoneSwitches({ phones, phone, codes, actions, onChoose }: Props) {
  const { number } = phone;
  return (
    <>
      <ChoiceField
        label="Which phone"
        choices={phones.map((it) => ({
          value: it.number,
          words: `${it.name} · ${displayNumber(it.number)}`,
        }))}
        value={number}
        onChange={onChoose}
      />
      {/* Nothing half done goes over to another phone. */}
      <div key={number} className="trouble-group-content">
        <Toggle
          label="Has blocked the bot"
          isOn={phone.blocked}
          onChange={(blocked) => actions.setBlocked(number, blocked)}
        />
        <Toggle
          label="Wants no marketing messages"
          isOn={phone.stoppedMarketing}
          onChange={(stopped) => actions.setMarketing(number, !stopped)}
        />
        <ChoiceField
          label="Every message here fails with"
          choices={failures(codes, phone.failsWith)}
          value={phone.failsWith}
          onChange={(code) => actions.setFailsWith(number, code)}
        />
        <ChoiceField
          label="Notifications show"
          choices={IDENTITIES}
          value={phone.identity}
          onChange={(identity) => actions.setIdentity(number, identity)}
        />
        <OddMessages phone={phone} actions={actions} />
        <MovePhone phone={phone} phones={phones} onMove={actions.changeNumber} onMoved={onChoose} />
      </div>
    </>
  );
}

/** A code that is not in the list, or not yet, is shown all the same. */
function failures(codes: readonly ErrorCodeChoice[], now: number | null): Choice<number | null>[] {
  const isListed = now === null || codes.some((it) => it.code === now);
  return [
    { value: null, words: 'nothing: they arrive' },
    ...(isListed ? [] : [{ value: now, words: String(now) }]),
    ...codeChoices(codes),
  ];
}

const IDENTITIES: readonly Choice<ShownIdentity>[] = [
  { value: 'both', words: 'number and BSUID' },
  { value: 'bsuid-only', words: 'BSUID only, as with usernames' },
  { value: 'phone-only', words: 'number only, as in the past' },
  { value: 'bsuid-in-from', words: 'BSUID in “from”' },
];
