import { startTransition, useId, useOptimistic } from 'react';

export type Choice<T> = {
  readonly value: T;
  readonly words: string;
  /** Choices of one group stand together, under its name. */
  readonly group?: string;
};

type Props<T> = {
  label: string;
  /** Where what stands around the field says it already. */
  isLabelUnseen?: boolean;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => unknown;
};

/** One of several. It changes at once, and back if `value` has not followed when `onChange` is done. */
export function ChoiceField<T extends string | number | null>({
  label,
  isLabelUnseen = false,
  choices,
  value,
  onChange,
}: Props<T>) {
  const [shown, show] = useOptimistic(value);
  const id = useId();

  const choose = (at: number) => {
    const chosen = choices[at];
    if (chosen === undefined) return;
    const done = onChange(chosen.value);
    startTransition(async () => {
      show(chosen.value);
      await done;
    });
  };

  const optionsOf = (group: string | undefined) =>
    choices.map((choice, at) =>
      choice.group === group ? (
        <option key={String(choice.value)} value={at}>
          {choice.words}
        </option>
      ) : null,
    );

  return (
    <div className="trouble-field trouble-wide">
      <label htmlFor={id} className={isLabelUnseen ? 'unseen' : undefined}>
        {label}
      </label>
      <select
        id={id}
        value={choices.findIndex((it) => it.value === shown)}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {optionsOf(undefined)}
        {groupsOf(choices).map((group) => (
          <optgroup key={group} label={group}>
            {optionsOf(group)}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function groupsOf(choices: readonly Choice<unknown>[]): string[] {
  return [...new Set(choices.flatMap(({ group }) => (group === undefined ? [] : [group])))];
}
