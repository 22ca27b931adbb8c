import type { Luck } from './luck.ts';

const DIGITS = '0123456789';
const HEX = '0123456789ABCDEF';
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export type Direction = 'to-learner' | 'from-learner';

export type Identifiers = ReturnType<typeof createIdentifiers>;

/** Ids that look like Meta's. Clients must take them as opaque, so they carry what trips a careless one: `+`, `/`, `=`. */
export function createIdentifiers(luck: Luck) {
  return {
    wamid(number: string, direction: Direction): string {
      const bytes = Buffer.concat([
        Buffer.from([0x1c, 0x18, number.length]),
        Buffer.from(number),
        Buffer.from([0x15, 0x02, 0x00, direction === 'to-learner' ? 0x11 : 0x12, 0x18, 0x14]),
        Buffer.from(luck.characters(HEX, 20)),
        Buffer.from([0x00]),
      ]);
      return `wamid.${bytes.toString('base64')}`;
    },
    /** For templates and media: a string of digits, small enough to be exact as a JSON number (webhooks write it so). */
    numeric: () => `1${luck.characters(DIGITS, 14)}`,
    trace: () => `A${luck.characters(LETTERS_AND_DIGITS, 22)}`,
    challenge: () => `1${luck.characters(DIGITS, 9)}`,
    mediaHash: () => `ARn${luck.characters(LETTERS_AND_DIGITS, 40)}`,
  };
}
