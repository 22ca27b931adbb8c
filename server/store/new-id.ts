import { randomUUID } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A UUID of version 7 that sorts behind all that this process made before, even in the same millisecond: WhatsApp
 * tells the time in whole seconds, so what was written first is often only known by what was stored first.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else {
    counter += 1;
    // More than 4,096 in one millisecond, or a clock that was put back: borrow from the future.
    if (counter > HIGHEST_COUNTER) {
      lastMs += 1;
      counter = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const place = counter.toString(16).padStart(3, '0');
  // From there on a UUID of version 4 is variant and random bits, as in version 7.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${randomUUID().slice(19)}`;
}

const HIGHEST_COUNTER = 0xfff;
