import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disarm, rearm } from './formulas.ts';

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@A1', '\tx', '\rx', "'=1", "''@x", '＝1'])(
    'that would run is text: %j',
    (cell) => {
      expect(disarm(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['', 'a=b', "it's", "'tis", "'", '1-1'])('that would not stays as it is: %j', (cell) => {
    expect(disarm(cell)).toBe(cell);
    expect(rearm(cell)).toBe(cell);
  });

  it('comes back as it was, and none begins with what would run', () => {
    const cells = fc.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', 'a', '＝'));
    fc.assert(
      fc.property(
        cells.map((it) => it.join('')),
        (cell) => {
          expect(rearm(disarm(cell))).toBe(cell);
          expect(disarm(cell)).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
    );
  });
});
