import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAYLOAD_ACTS, payloadOf, readPayload } from './payload.ts';

describe('the payload of a button', () => {
  it('comes back as it went out, for every button and every id', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAYLOAD_ACTS), fc.uuid(), (act, id) => {
        expect(readPayload(payloadOf(act, id))).toEqual({ act, id });
      }),
    );
  });

  it('is short enough for the button of a template, which may carry 128 characters', () => {
    for (const act of PAYLOAD_ACTS)
      expect(payloadOf(act, crypto.randomUUID()).length).toBeLessThanOrEqual(128);
  });

  it('of the welcome begins with the words that outside programs look for', () => {
    expect(payloadOf('start', 'x')).toMatch(/^start/);
    expect(payloadOf('not_me', 'x')).toMatch(/^not_me/);
  });

  it.each([
    'Start',
    'start',
    'start:',
    ':0193',
    'Hint:0193',
    'hint:0193:more',
    'stop:0193',
    'toString:0193',
    '',
    'hint 0193',
  ])('is not read from %j, which we did not write', (text) => {
    expect(readPayload(text)).toBeNull();
  });
});
