import { ALL_WELL, type EmulatorSwitches, type SwitchChange } from '../contract/switches.ts';

export type Switches = ReturnType<typeof createSwitches>;

/**
 * One tree that every part reads at the moment of use. It may be written to directly or by `change`; either way
 * `changed` hears what was before, since some changes are Meta's news to the service.
 */
export function createSwitches(
  initial: SwitchChange,
  changed: (before: EmulatorSwitches, after: EmulatorSwitches) => void,
) {
  const start = applied(ALL_WELL, initial);
  const plain = applied(start, {});
  const live: EmulatorSwitches = {
    webhooks: watched(plain.webhooks),
    sending: watched(plain.sending),
    account: watched(plain.account),
  };
  const snapshot = () => applied(plain, {});

  function watched<Group extends object>(group: Group): Group {
    return new Proxy(group, {
      set(target, name, value) {
        if (Reflect.get(target, name) === value) return true;
        const before = snapshot();
        Reflect.set(target, name, value);
        changed(before, snapshot());
        return true;
      },
    });
  }

  function replace(wanted: SwitchChange): void {
    const before = snapshot();
    Object.assign(plain.webhooks, wanted.webhooks);
    Object.assign(plain.sending, wanted.sending);
    Object.assign(plain.account, wanted.account);
    if (JSON.stringify(before) !== JSON.stringify(plain)) changed(before, snapshot());
  }

  return {
    live,
    snapshot,
    /** Several at once, told once. */
    change: replace,
    /** As it was at the start. */
    reset: () => replace(start),
  };
}

function applied(switches: EmulatorSwitches, change: SwitchChange): EmulatorSwitches {
  return {
    webhooks: { ...switches.webhooks, ...change.webhooks },
    sending: { ...switches.sending, ...change.sending },
    account: { ...switches.account, ...change.account },
  };
}
