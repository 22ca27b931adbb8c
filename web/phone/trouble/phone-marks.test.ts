import { expect, it } from 'vitest';
import { phoneMarks } from './phone-marks.ts';

const ORDINARY = { blocked: false, failsWith: null, stoppedMarketing: false, identity: 'both' } as const;

it('leaves an ordinary phone unmarked', () => {
  expect(phoneMarks(ORDINARY)).toEqual([]);
});

it.each([
  [{ blocked: true }, 'blocked the bot'],
  [{ failsWith: 131026 }, 'fails with 131026'],
  // The code of a refused token, and not the absence of one.
  [{ failsWith: 0 }, 'fails with 0'],
  [{ stoppedMarketing: true }, 'no marketing'],
  [{ identity: 'bsuid-only' }, 'BSUID only'],
  [{ identity: 'phone-only' }, 'number only'],
  [{ identity: 'bsuid-in-from' }, 'BSUID in “from”'],
] as const)('marks a phone with %o', (what, words) => {
  expect(phoneMarks({ ...ORDINARY, ...what }).map((it) => it.words)).toEqual([words]);
});

it('marks everything that is out of the ordinary', () => {
  expect(
    phoneMarks({ blocked: true, failsWith: 131000, stoppedMarketing: true, identity: 'bsuid-only' }),
  ).toHaveLength(4);
});
