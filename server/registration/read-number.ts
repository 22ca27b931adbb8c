import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

type NumberProblem = 'numberMissing' | 'numberNeedsPlus' | 'numberInvalid' | 'numberNotMobile';

export type NumberReading =
  | { readonly kind: 'valid'; readonly digits: string; readonly country: string | null }
  | { readonly kind: 'invalid'; readonly problem: NumberProblem };

/**
 * A number as somebody typed or pasted it. It carries a `+`, or else `country` (ISO 3166, from the picker) says how
 * to read it. Only numbers that can be a mobile pass: the welcome message goes to nobody's land line.
 */
export function readNumber(typed: string, country: string): NumberReading {
  const text = withoutInvisibles(typed);
  if (text === '') return { kind: 'invalid', problem: 'numberMissing' };
  if (!/^\+?[\d\s().-]+$/.test(text)) return { kind: 'invalid', problem: 'numberInvalid' };
  const home = isSupportedCountry(country) ? country : null;
  if (!text.startsWith('+') && home === null) return { kind: 'invalid', problem: 'numberNeedsPlus' };
  const number = parse(text, home);
  if (number === undefined) return { kind: 'invalid', problem: 'numberInvalid' };
  return (
    judge(number) ??
    judgeOutdated(number) ??
    judgeFictional(number) ?? { kind: 'invalid', problem: 'numberInvalid' }
  );
}

/** Numbers copied from a chat or a contact bring direction marks, no-break spaces and typographic hyphens along. */
function withoutInvisibles(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .trim();
}

function parse(text: string, home: CountryCode | null): PhoneNumber | undefined {
  return text.startsWith('+') || home === null
    ? parsePhoneNumberFromString(text)
    : parsePhoneNumberFromString(text, home);
}

/** Null when the numbering plan does not know the number. */
function judge(number: PhoneNumber): NumberReading | null {
  if (!number.isValid()) return null;
  if (canBeMobile(number)) return valid(number);
  // In Argentina a mobile looks like a land line until the 9 stands before it, and many people leave it out.
  return respelled(number, ARGENTINA) ?? { kind: 'invalid', problem: 'numberNotMobile' };
}

/** North America and Mexico do not tell mobiles from land lines; for some small countries no types are known. */
function canBeMobile(number: PhoneNumber): boolean {
  const type = number.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' || type === undefined;
}

type Spelling = { readonly from: RegExp; readonly to: string };

const ARGENTINA: Spelling = { from: /^\+54(?<rest>\d{10})$/, to: '+549$<rest>' };

/** Spellings of yesterday that people still know by heart: a Brazilian mobile of eight digits, the Mexican 1. */
const OUTDATED: readonly Spelling[] = [
  { from: /^\+55(?<area>\d\d)(?<rest>[6-9]\d{7})$/, to: '+55$<area>9$<rest>' },
  { from: /^\+521(?<rest>\d{10})$/, to: '+52$<rest>' },
];

function judgeOutdated(number: PhoneNumber): NumberReading | null {
  for (const spelling of OUTDATED) {
    const reading = respelled(number, spelling);
    if (reading !== null) return reading;
  }
  return null;
}

function respelled(number: PhoneNumber, { from, to }: Spelling): NumberReading | null {
  if (!from.test(number.number)) return null;
  const today = parsePhoneNumberFromString(number.number.replace(from, to));
  return today?.isValid() && canBeMobile(today) ? valid(today) : null;
}

/**
 * Ranges that belong to nobody, for examples, tests and Meta's own test numbers. The numbering plans call them
 * invalid. Accepting every number of a possible length instead would let most slips of the finger through; these
 * alone cost nothing, because Meta reports a number without WhatsApp as undeliverable.
 */
const FICTIONAL: readonly { readonly range: RegExp; readonly country: string }[] = [
  { range: /^\+1555\d{7}$/, country: 'US' },
  { range: /^\+447700900\d{3}$/, country: 'GB' },
];

function judgeFictional(number: PhoneNumber): NumberReading | null {
  const found = FICTIONAL.find(({ range }) => range.test(number.number));
  return found === undefined
    ? null
    : { kind: 'valid', digits: number.number.slice(1), country: found.country };
}

function valid(number: PhoneNumber): NumberReading {
  return { kind: 'valid', digits: number.number.slice(1), country: number.country ?? null };
}
