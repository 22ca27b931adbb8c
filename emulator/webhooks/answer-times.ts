/** What Meta asks of a receiver: half of the answers within this, and fewer than one in a hundred above a second. */
const ASKED_MEDIAN_MS = 250;
const SLOW_MS = 1000;
const SLOW_SHARE = 0.01;
/** How many of the latest answers are looked at, and how often. */
const REMEMBERED = 200;
const LOOK_EVERY = 20;

export type AnswerTimes = {
  /** All that were ever measured. */
  readonly answers: number;
  /** Of the latest ones; null before the first. */
  readonly medianMs: number | null;
  readonly aboveOneSecond: number;
};

/** Measures how fast the service takes its notifications, and says so once whenever that becomes too slow. */
export function createAnswerTimes(warn: (sentence: string) => void) {
  const latest: number[] = [];
  let answers = 0;
  let warned = false;

  function read(): AnswerTimes {
    const sorted = latest.toSorted((one, other) => one - other);
    return {
      answers,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? null,
      aboveOneSecond: sorted.filter((durationMs) => durationMs > SLOW_MS).length,
    };
  }

  function look(): void {
    const { medianMs, aboveOneSecond } = read();
    const tooSlow = (medianMs ?? 0) > ASKED_MEDIAN_MS || aboveOneSecond > latest.length * SLOW_SHARE;
    if (tooSlow && !warned) {
      warn(
        `Webhooks are answered too slowly: median ${medianMs} ms, ${aboveOneSecond} of ${latest.length} above 1 s. ` +
          `Meta asks for ${ASKED_MEDIAN_MS} ms, and fewer than 1 % above 1 s.`,
      );
    }
    warned = tooSlow;
  }

  return {
    note(durationMs: number): void {
      latest[answers % REMEMBERED] = durationMs;
      answers++;
      if (answers % LOOK_EVERY === 0) look();
    },
    read,
  };
}
