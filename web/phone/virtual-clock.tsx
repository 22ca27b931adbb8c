import { browserZone, timeOf, weekdayAndDate } from './clock-words.ts';
import { useTicking } from './use-ticking.ts';

/** The emulator's time by the browser's time zone. */
export function VirtualClock({ clockAheadMs }: { clockAheadMs: number }) {
  const time = useTicking(() => timeOf(Date.now() + clockAheadMs));
  const date = useTicking(() => weekdayAndDate(Date.now() + clockAheadMs));
  return (
    <p className="virtual-clock" title={`The practice clock, shown in ${browserZone()}`}>
      <span className="unseen">Practice clock: </span>
      <span className="virtual-clock-time">{time}</span> <span className="virtual-clock-date">{date}</span>
    </p>
  );
}
