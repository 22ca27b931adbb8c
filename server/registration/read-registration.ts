import { z } from 'zod';
import { AREAS } from '../../interview/areas.ts';
import { DEFAULT_ASK_MINUTE } from '../../interview/day.ts';
import { LANGUAGES } from '../../interview/languages/language.ts';
import type { Preferences } from '../../interview/learner.ts';
import { numberVariants } from '../../interview/number-variants.ts';
import { readName } from './read-name.ts';
import { readNumber } from './read-number.ts';
import { canonicalZone, mainZoneOf } from './time-zones.ts';

/** What the page and the API ask for, by its public names, in the order of the page. */
export const FIELDS = [
  'name',
  'whatsapp_number',
  'preferred_language',
  'tech_area',
  'timezone',
  'question_time',
  'consent',
] as const;
export type Field = (typeof FIELDS)[number];

/** Each names a sentence in every language. */
export const PROBLEM_NAMES = [
  'nameMissing',
  'nameTooLong',
  'nameUnreadable',
  'nameHasLink',
  'numberMissing',
  'numberNeedsPlus',
  'numberInvalid',
  'numberNotMobile',
  'languageUnknown',
  'areaUnknown',
  'zoneUnknown',
  'timeInvalid',
  'consentMissing',
] as const;
export type ProblemName = (typeof PROBLEM_NAMES)[number];
export type Problems = Readonly<Partial<Record<Field, ProblemName>>>;

/** A registration that can be acted on: everything in it was checked. */
export type ValidRegistration = {
  readonly preferences: Preferences;
  /** E.164 without the plus. */
  readonly phoneDigits: string;
  /** Other spellings under which WhatsApp may know the number. */
  readonly numberVariants: readonly string[];
};

export type RegistrationReading =
  | { readonly kind: 'valid'; readonly registration: ValidRegistration }
  | { readonly kind: 'invalid'; readonly problems: Problems };

/** Reads what was posted, as JSON or from the form, and finds every problem at once. */
export function readRegistration(
  input: unknown,
  options: { isKnownZone: (zone: string) => boolean },
): RegistrationReading {
  const given = anything.safeParse(input).data ?? {};
  const name = readName(textOf(given, 'name') ?? '');
  const number = readNumber(textOf(given, 'whatsapp_number') ?? '', textOf(given, 'country') ?? '');
  const language = oneOf(LANGUAGES, textOf(given, 'preferred_language'));
  const area = oneOf(AREAS, textOf(given, 'tech_area'));
  const zone = readZone(textOf(given, 'timezone'), options.isKnownZone);
  const askMinute = readTime(textOf(given, 'question_time'));
  const consented = CONSENTED.has(given.consent);

  if (
    name.kind === 'valid' &&
    number.kind === 'valid' &&
    language !== null &&
    area !== null &&
    zone !== null &&
    askMinute !== null &&
    consented
  ) {
    const preferences = {
      name: name.name,
      language,
      area,
      zone: zone.name ?? mainZoneOf(number.country),
      askMinute,
    };
    const registration = {
      preferences,
      phoneDigits: number.digits,
      numberVariants: numberVariants(number.digits),
    };
    return { kind: 'valid', registration };
  }
  const problems: Problems = {
    ...(name.kind === 'invalid' && { name: name.problem }),
    ...(number.kind === 'invalid' && { whatsapp_number: number.problem }),
    ...(language === null && { preferred_language: 'languageUnknown' }),
    ...(area === null && { tech_area: 'areaUnknown' }),
    ...(zone === null && { timezone: 'zoneUnknown' }),
    ...(askMinute === null && { question_time: 'timeInvalid' }),
    ...(!consented && { consent: 'consentMissing' }),
  };
  return { kind: 'invalid', problems };
}

const anything = z.record(z.string(), z.unknown());

/** `true` from JSON; a ticked box of a form posts `on`. */
const CONSENTED: ReadonlySet<unknown> = new Set([true, 'on', 'true']);

/** Empty when not given; null when it is no text at all: a number, a field that was sent twice. */
function textOf(given: Record<string, unknown>, field: string): string | null {
  const value = given[field] ?? '';
  return typeof value === 'string' ? value.trim() : null;
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((it) => it === value) ?? null;
}

/** `name` is null when none was chosen: the number's country then decides. */
function readZone(
  value: string | null,
  isKnownZone: (zone: string) => boolean,
): { name: string | null } | null {
  if (value === '') return { name: null };
  return value !== null && isKnownZone(value) ? { name: canonicalZone(value) } : null;
}

function readTime(value: string | null): number | null {
  if (value === '') return DEFAULT_ASK_MINUTE;
  const time = /^(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)$/.exec(value ?? '')?.groups;
  return time === undefined ? null : Number(time.hour) * 60 + Number(time.minute);
}
