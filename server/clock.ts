const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;

/** Everything that ever happens by itself, on one page. */
export type ClockTasks = {
  /** Finds learners whose hour has come. */
  readonly askDueLearners: () => Promise<void>;
  /** Gives places of the day that became free to those who wait for one. */
  readonly admitWaiting: () => Promise<void>;
  /** Lets one message try where sending stands still. */
  readonly probeStoppages: () => Promise<void>;
  /** Gives up what has waited too long. */
  readonly expireWaiting: () => Promise<void>;
  /** Leaves a job that asks WhatsApp about our number, account and templates: notifications may have been missed. */
  readonly readAccount: () => Promise<void>;
  /** Forgets people who stopped, or never confirmed, thirty days ago. */
  readonly eraseInactiveLearners: () => Promise<void>;
  /** Leaves a job that drops what nobody needs any more. */
  readonly prune: () => Promise<void>;
};

const EVERY_MS: Readonly<Record<keyof ClockTasks, number>> = {
  askDueLearners: 5 * SECONDS,
  admitWaiting: 5 * SECONDS,
  probeStoppages: 5 * SECONDS,
  expireWaiting: 30 * SECONDS,
  readAccount: 15 * MINUTES,
  eraseInactiveLearners: 1 * HOURS,
  prune: 1 * HOURS,
};

export type Clock = {
  start(): void;
  /** Does now whatever is due: the clock was moved by hand. */
  tick(): Promise<void>;
  stop(): Promise<void>;
};

/** Looks at its tasks four times in the shortest period; a task that still runs is not started again. */
export function createClock(it: {
  tasks: ClockTasks;
  now: () => number;
  /** Another process may be winding the clock. */
  isOurs: () => boolean;
  onThrow: (task: string, error: unknown) => void;
}): Clock {
  const { tasks, now, isOurs, onThrow } = it;
  const names = Object.keys(EVERY_MS) as (keyof ClockTasks)[];
  const dueAt = new Map<keyof ClockTasks, number>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  return {
    start() {
      timer = setInterval(() => void look(), Math.min(...Object.values(EVERY_MS)) / 4);
      timer.unref();
      void look();
    },
    async tick() {
      await running;
      // What looks every few seconds looks now; the rest when its time has come.
      for (const name of names) if (EVERY_MS[name] < 1 * MINUTES) dueAt.delete(name);
      await look();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };

  function look(): Promise<void> {
    running ??= runDue().finally(() => {
      running = null;
    });
    return running;
  }

  async function runDue(): Promise<void> {
    if (!isOurs()) return;
    for (const name of names) {
      if ((dueAt.get(name) ?? 0) > now()) continue;
      dueAt.set(name, now() + EVERY_MS[name]);
      try {
        await tasks[name]();
      } catch (error) {
        onThrow(name, error);
      }
    }
  }
}
