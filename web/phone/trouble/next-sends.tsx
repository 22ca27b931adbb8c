import { type FormEvent, useState } from 'react';
import type { ErrorCodeChoice, QueueFault } from '../../../contract/switches.ts';
import { ChoiceField } from './choice-field.tsx';
import { codeChoices } from './code-choices.ts';
import { type FaultChoice, faultOf, WIRE_FAULTS } from './fault-choice.ts';
import { NumberField } from './number-field.tsx';
import { wholeNumber } from './number-format.ts';

type Props = {
  codes: readonly ErrorCodeChoice[];
  queueFault: (fault: QueueFault) => Promise<boolean>;
};

/** A fault that the next sends meet, each once. */
export function NextSends({ codes, queueFault }: Props) {
  const [choice, setChoice] = useState<FaultChoice>('accept-then-drop-answer');
  const [code, setCode] = useState(131_000);
  const [count, setCount] = useState(1);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    await queueFault({ count, fault: faultOf(choice, code) });
    setIsBusy(false);
  };

  return (
    <form className="trouble-form" onSubmit={(event) => void submit(event)}>
      <h4>The next sends</h4>
      <ChoiceField<FaultChoice>
        label="What happens"
        choices={[
          ...WIRE_FAULTS,
          { value: 'other-code', words: 'Refused with a code to type' },
          ...codeChoices(codes).map((it) => ({ ...it, group: 'Refused in the answer with' })),
        ]}
        value={choice}
        onChange={setChoice}
      />
      {choice === 'other-code' && (
        <NumberField label="The code" format={CODE} value={code} onChange={setCode} />
      )}
      <NumberField label="How many sends" format={COUNT} value={count} onChange={setCount} />
      <button type="submit" aria-disabled={isBusy}>
        Let them fail
      </button>
    </form>
  );
}

const CODE = wholeNumber(0, 9_999_999);
const COUNT = wholeNumber(1, 1000);
