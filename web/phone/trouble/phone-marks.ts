import type { Phone } from '../../../contract/phone.ts';
import type { ShownIdentity } from '../../../contract/switches.ts';

/** Something out of the ordinary about a phone: short enough for its top, and the whole sentence. */
export type PhoneMark = { readonly words: string; readonly meaning: string };

export function phoneMarks(
  phone: Pick<Phone, 'blocked' | 'failsWith' | 'stoppedMarketing' | 'identity'>,
): PhoneMark[] {
  return [
    ...(phone.blocked ? [{ words: 'blocked the bot', meaning: 'No message of the bot gets here.' }] : []),
    ...(phone.failsWith === null
      ? []
      : [
          {
            words: `fails with ${phone.failsWith}`,
            meaning: `Every message to this phone fails with ${phone.failsWith}.`,
          },
        ]),
    ...(phone.stoppedMarketing
      ? [{ words: 'no marketing', meaning: 'Messages of the category marketing do not get here.' }]
      : []),
    ...identityMark(phone.identity),
  ];
}

function identityMark(identity: ShownIdentity): PhoneMark[] {
  switch (identity) {
    case 'both':
      return [];
    case 'bsuid-only':
      return [{ words: 'BSUID only', meaning: 'Notifications show an id instead of the number.' }];
    case 'phone-only':
      return [{ words: 'number only', meaning: 'Notifications show the number and no id.' }];
    case 'bsuid-in-from':
      return [
        { words: 'BSUID in “from”', meaning: 'Notifications carry the id where the number used to be.' },
      ];
    default: {
      const impossible: never = identity;
      throw new Error(`Unknown identity ${impossible}`);
    }
  }
}
