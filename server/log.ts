import { type DestinationStream, type Logger, pino } from 'pino';
import { currentTrace } from './trace.ts';

/** System logs and business events, as JSON lines. Every line carries the trace it belongs to. */
export function createLogs(it: { level: string; destination?: DestinationStream }): {
  system: Logger;
  events: Logger;
} {
  const destination = it.destination ?? pino.destination({ dest: 1, sync: false });
  const system = pino({ level: it.level, base: null, mixin: traceOfNow }, destination);
  const events = pino(
    { level: it.level, base: { log: 'events' }, messageKey: 'event', mixin: traceOfNow },
    destination,
  );
  return { system, events };
}

/** A fresh object each time: pino merges the line's fields into what it is given. */
function traceOfNow(): { trace?: string } {
  const trace = currentTrace();
  return trace === undefined ? {} : { trace };
}
