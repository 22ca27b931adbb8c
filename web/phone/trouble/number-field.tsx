import { type KeyboardEvent, startTransition, useId, useOptimistic, useRef, useState } from 'react';
import type { NumberFormat } from './number-format.ts';

type Props<N> = {
  label: string;
  /** Behind the field: `%`, `s`. */
  unit?: string;
  placeholder?: string;
  format: NumberFormat<N>;
  value: N;
  onChange: (value: N) => unknown;
};

/** A number that counts once the field is left or Enter is pressed: half a number is none. */
export function NumberField<N>({ label, unit, placeholder, format, value, onChange }: Props<N>) {
  const [shown, show] = useOptimistic(value);
  // Null while nobody writes: then the field follows the emulator.
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  const settle = () => {
    if (typed === null) return;
    const reading = format.read(typed);
    if (reading.kind === 'wrong') {
      setProblem(reading.why);
      // So that a form around the field is not sent with what stood here before.
      field.current?.setCustomValidity(reading.why);
      return;
    }
    forget();
    if (reading.value === value) return;
    const done = onChange(reading.value);
    startTransition(async () => {
      show(reading.value);
      await done;
    });
  };

  const forget = () => {
    setTyped(null);
    setProblem(null);
    field.current?.setCustomValidity('');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') settle();
    if (event.key === 'Escape' && typed !== null) {
      forget();
      // The panel closes at the next one.
      event.stopPropagation();
    }
  };

  return (
    <div className="trouble-field">
      <label htmlFor={id}>{label}</label>
      <span className="trouble-number">
        <input
          ref={field}
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={typed ?? format.write(shown)}
          aria-invalid={problem !== null}
          aria-describedby={unit === undefined ? `${id}-problem` : `${id}-unit ${id}-problem`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={settle}
          onKeyDown={onKeyDown}
        />
        {unit !== undefined && (
          <span id={`${id}-unit`} className="quiet">
            {unit}
          </span>
        )}
      </span>
      <p id={`${id}-problem`} className="trouble-problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
