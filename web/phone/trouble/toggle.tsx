import { startTransition, useId, useOptimistic } from 'react';

type Props = {
  label: string;
  help?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => Promise<unknown>;
};

/** Something that is on or off. It turns at once, and back if `isOn` has not followed when `onChange` is done. */
export function Toggle({ label, help, isOn, onChange }: Props) {
  const [shown, show] = useOptimistic(isOn);
  const id = useId();
  const change = (wanted: boolean) =>
    startTransition(async () => {
      show(wanted);
      await onChange(wanted);
    });
  return (
    <div className="toggle">
      <input
        id={id}
        type="checkbox"
        checked={shown}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => change(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {help !== undefined && (
        <p id={`${id}-help`} className="trouble-help">
          {help}
        </p>
      )}
    </div>
  );
}
