import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, type SealingKey } from './sealing.ts';

const OLD: SealingKey = { id: 'k1', key: randomBytes(32) };
const NEW: SealingKey = { id: 'k2', key: randomBytes(32) };
const PLACE = 'learners.name';
const ROW = '0193a1b2-0000-7000-8000-000000000001';

describe('what is sealed', () => {
  it('opens again at its own place, whatever it says', () => {
    const sealer = createSealer([OLD]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(sealer.open(sealer.seal(plain, PLACE, ROW), PLACE, ROW)).toBe(plain);
      }),
    );
  });

  it('shows nothing of what it holds, and never looks the same twice', () => {
    const sealer = createSealer([OLD]);
    const once = sealer.seal('Ana Souza', PLACE, ROW);
    expect(once).not.toContain('Ana');
    expect(Buffer.from(once.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('Ana');
    expect(sealer.seal('Ana Souza', PLACE, ROW)).not.toBe(once);
  });

  it.each([
    ['another row', PLACE, '0193a1b2-0000-7000-8000-000000000002'],
    ['another column', 'addresses.value', ROW],
  ])('does not open when it was moved to %s', (_, place, row) => {
    const sealer = createSealer([OLD]);
    const sealed = sealer.seal('Ana Souza', PLACE, ROW);
    expect(() => sealer.open(sealed, place, row)).toThrow();
  });

  it('does not open when a single bit of it was changed', () => {
    const sealer = createSealer([OLD]);
    const [version, keyId, body] = sealer.seal('Ana', PLACE, ROW).split('.');
    const bytes = Buffer.from(body!, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => sealer.open(`${version}.${keyId}.${changed.toString('base64url')}`, PLACE, ROW)).toThrow();
    }
  });

  it('does not open with a shortened proof of integrity', () => {
    const sealer = createSealer([OLD]);
    const sealed = sealer.seal('Ana', PLACE, ROW);
    expect(() => sealer.open(sealed.slice(0, -8), PLACE, ROW)).toThrow();
  });
});

describe('a new key put in front', () => {
  const before = createSealer([OLD]);
  const after = createSealer([NEW, OLD]);

  it('seals what comes from now on, while the old one still opens what is there', () => {
    expect(after.seal('Ana', PLACE, ROW).startsWith('v1.k2.')).toBe(true);
    expect(after.open(before.seal('Ana', PLACE, ROW), PLACE, ROW)).toBe('Ana');
    expect(after.open(after.seal('Ana', PLACE, ROW), PLACE, ROW)).toBe('Ana');
  });

  it('leaves everybody findable: hashes stay the same', () => {
    expect(after.hash('5511955501234')).toBe(before.hash('5511955501234'));
  });

  it('does not open with the new key what says it was sealed with the old one', () => {
    const otherOld = createSealer([NEW, { id: 'k1', key: randomBytes(32) }]);
    expect(() => otherOld.open(before.seal('Ana', PLACE, ROW), PLACE, ROW)).toThrow();
  });
});

describe('a key that is not there', () => {
  it('is named, with the place and the setting to mend', () => {
    const sealed = createSealer([OLD]).seal('Ana', PLACE, ROW);
    expect(() => createSealer([NEW]).open(sealed, PLACE, ROW)).toThrow(
      'Cannot open learners.name: sealed with key k1, which ENCRYPTION_KEYS does not hold',
    );
  });

  it('is missed for something that was never sealed, too', () => {
    expect(() => createSealer([OLD]).open('Ana Souza', PLACE, ROW)).toThrow('Cannot open learners.name');
    expect(() => createSealer([OLD]).open('v2.k1.AAAA', PLACE, ROW)).toThrow('Cannot open learners.name');
  });

  it('is asked for when there is none at all', () => {
    expect(() => createSealer([])).toThrow('Sealing needs at least one key');
  });
});

describe('a hash for looking up', () => {
  it('is the same for the same value, and another for another', () => {
    const sealer = createSealer([OLD]);
    expect(sealer.hash('5511955501234')).toBe(sealer.hash('5511955501234'));
    expect(sealer.hash('5511955501235')).not.toBe(sealer.hash('5511955501234'));
  });

  it('tells nothing without the key', () => {
    expect(createSealer([NEW]).hash('5511955501234')).not.toBe(createSealer([OLD]).hash('5511955501234'));
  });
});
