const LONGEST_NAME = 80;

type NameProblem = 'nameMissing' | 'nameTooLong' | 'nameUnreadable' | 'nameHasLink';

export type NameReading =
  | { readonly kind: 'valid'; readonly name: string }
  | { readonly kind: 'invalid'; readonly problem: NameProblem };

/** A name as we greet with it. It goes into a message to a number whose owner has not yet said yes. */
export function readName(typed: string): NameReading {
  if (UNREADABLE.test(typed)) return { kind: 'invalid', problem: 'nameUnreadable' };
  const name = typed.normalize('NFC').trim().replace(/ {2,}/g, ' ');
  if (!/[\p{L}\p{N}]/u.test(name)) return { kind: 'invalid', problem: 'nameMissing' };
  if ([...name].length > LONGEST_NAME) return { kind: 'invalid', problem: 'nameTooLong' };
  if (LINK.test(name)) return { kind: 'invalid', problem: 'nameHasLink' };
  return { kind: 'valid', name };
}

/** Control characters, line ends, and the marks that turn the direction of what follows. Joiners belong to some scripts. */
const UNREADABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** WhatsApp makes links of these: the welcome message must not carry an advertisement to strangers. Not `J.R.` or `J.Robert`. */
const LINK = /:\/\/|@|[\p{L}\p{N}]\.(?:\p{Ll}{2,}|\p{Lu}{2,})/u;
