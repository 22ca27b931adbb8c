import { createWriteStream } from 'node:fs';
import type { DestinationStream } from 'pino';

/**
 * Where the demo's log goes: all of it, as JSON, into a file; what happened to people, in a line each, onto the
 * screen, where a stream of JSON would drown the addresses printed at the start.
 */
export function demoLog(file: string): DestinationStream {
  const all = createWriteStream(file, { flags: 'a' });
  return {
    write(line) {
      all.write(line);
      const told = inWords(JSON.parse(line) as Record<string, unknown>);
      if (told !== null) console.log(told);
    },
  };
}

function inWords(line: Record<string, unknown>): string | null {
  if (typeof line.event !== 'string' || TOO_OFTEN.has(line.event)) {
    return typeof line.level === 'number' && line.level >= ERROR ? `  ✗ ${String(line.msg)}` : null;
  }
  const details = ['kind', 'slug', 'occasion', 'grader', 'score', 'outcome', 'sentence']
    .filter((key) => line[key] !== undefined && line[key] !== null)
    .map((key) => String(line[key]));
  return `  · ${line.event}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** Several of each come with every message. */
const TOO_OFTEN: ReadonlySet<string> = new Set(['webhook received', 'delivery reported']);
/** pino's number for it. */
const ERROR = 50;
