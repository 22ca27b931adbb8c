import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import {
  FIELDS,
  type Field,
  PROBLEM_NAMES,
  type ProblemName,
  readRegistration,
} from './read-registration.ts';
import { isKnownZone } from './time-zones.ts';

const ANA = {
  name: 'Ana Souza',
  whatsapp_number: '+55 11 95550-1234',
  preferred_language: 'pt',
  tech_area: 'python',
  timezone: 'America/Sao_Paulo',
  question_time: '07:30',
  consent: true,
};

const read = (input: unknown) => readRegistration(input, { isKnownZone });

describe('A registration', () => {
  it('becomes preferences, a number and its other spellings', () => {
    expect(read(ANA)).toEqual({
      kind: 'valid',
      registration: {
        preferences: {
          name: 'Ana Souza',
          language: 'pt',
          area: 'python',
          zone: 'America/Sao_Paulo',
          askMinute: 7 * 60 + 30,
        },
        phoneDigits: '5511955501234',
        numberVariants: ['551155501234'],
      },
    });
  });

  it.each([
    ['from a form, where a ticked box says "on"', { consent: 'on' }, {}],
    [
      'with blanks around everything',
      { name: '  Ana   Souza ', tech_area: ' python ', question_time: ' 07:30 ' },
      {},
    ],
    ['at nine, when no hour is given', { question_time: undefined }, { askMinute: 540 }],
    ['at nine, when the hour is left empty', { question_time: '' }, { askMinute: 540 }],
    ['at midnight', { question_time: '00:00' }, { askMinute: 0 }],
    ['in the zone of the number’s country, when none is given', { timezone: undefined }, {}],
    [
      'in that of another country',
      { timezone: '', whatsapp_number: '+525555550123' },
      { zone: 'America/Mexico_City' },
    ],
    ['in the usual spelling of the zone', { timezone: 'america/sao_paulo' }, {}],
    ['with a name of 80 letters', { name: 'ã'.repeat(80) }, { name: 'ã'.repeat(80) }],
    ['with initials', { name: 'J.R. de la Cruz' }, { name: 'J.R. de la Cruz' }],
    ['with a name from far away', { name: 'नेहा' }, { name: 'नेहा' }],
  ])('is accepted %s', (_what, change, expected) => {
    const reading = read({ ...ANA, ...change });
    expect(reading.kind === 'valid' ? reading.registration.preferences : reading).toMatchObject({
      name: 'Ana Souza',
      zone: 'America/Sao_Paulo',
      askMinute: 450,
      ...expected,
    });
  });

  const table: [what: string, field: Field, value: unknown, problem: ProblemName][] = [
    ['no name', 'name', undefined, 'nameMissing'],
    ['an empty name', 'name', '   ', 'nameMissing'],
    ['a name without a letter', 'name', '🙂 !', 'nameMissing'],
    ['a name that is no text', 'name', { first: 'Ana' }, 'nameMissing'],
    ['a name of 81 letters', 'name', 'a'.repeat(81), 'nameTooLong'],
    ['a name with a control character', 'name', 'Ana\u0000', 'nameUnreadable'],
    ['a name with a line end', 'name', 'Ana\nSouza', 'nameUnreadable'],
    ['a name that turns the writing direction', 'name', 'Ana\u202eazuoS', 'nameUnreadable'],
    ['an advertisement for a name', 'name', 'win-now.example', 'nameHasLink'],
    ['a link for a name', 'name', 'https://x', 'nameHasLink'],
    ['an e-mail address for a name', 'name', 'ana@home', 'nameHasLink'],
    ['no number', 'whatsapp_number', undefined, 'numberMissing'],
    ['a number that is a number', 'whatsapp_number', 5511955501234, 'numberMissing'],
    ['a number without plus', 'whatsapp_number', '5511955501234', 'numberNeedsPlus'],
    ['half a number', 'whatsapp_number', '+5511', 'numberInvalid'],
    ['a land line', 'whatsapp_number', '+551132345678', 'numberNotMobile'],
    ['no language', 'preferred_language', undefined, 'languageUnknown'],
    ['a language that we do not speak', 'preferred_language', 'fr', 'languageUnknown'],
    ['no area', 'tech_area', '', 'areaUnknown'],
    ['an area that we do not train', 'tech_area', 'cobol', 'areaUnknown'],
    ['a zone that does not exist', 'timezone', 'Mars/Olympus', 'zoneUnknown'],
    ['an offset for a zone', 'timezone', '-03:00', 'zoneUnknown'],
    ['a zone that is no text', 'timezone', -3, 'zoneUnknown'],
    ['an hour after midnight', 'question_time', '24:00', 'timeInvalid'],
    ['an hour without a zero', 'question_time', '9:00', 'timeInvalid'],
    ['an hour with seconds', 'question_time', '09:00:00', 'timeInvalid'],
    ['an hour that is a number', 'question_time', 9, 'timeInvalid'],
    ['no consent', 'consent', undefined, 'consentMissing'],
    ['consent refused', 'consent', false, 'consentMissing'],
    ['consent said in another way', 'consent', 'yes', 'consentMissing'],
    ['consent as a number', 'consent', 1, 'consentMissing'],
  ];

  it.each(table)('with %s is refused for that field alone', (_what, field, value, problem) => {
    expect(read({ ...ANA, [field]: value })).toEqual({ kind: 'invalid', problems: { [field]: problem } });
  });

  it('names all of its problems at once', () => {
    const reading = read({ timezone: 'x', question_time: 'x' });
    expect(reading.kind === 'invalid' && Object.keys(reading.problems)).toEqual(FIELDS);
  });

  it.each([[null], ['text'], [42], [[]], [undefined]])('that is %j has no field right', (input) => {
    expect(read(input)).toMatchObject({
      kind: 'invalid',
      problems: { name: 'nameMissing', consent: 'consentMissing' },
    });
  });

  it.each(LANGUAGES)('has a sentence of its own for every problem in %s', (language) => {
    const { problems } = phrases[language].page;
    expect(Object.keys(problems)).toEqual(PROBLEM_NAMES);
    expect(new Set(Object.values(problems)).size).toBe(PROBLEM_NAMES.length);
  });

  it('is refused in no language with the sentence of another', () => {
    const sentences = LANGUAGES.flatMap((language) => Object.values(phrases[language].page.problems));
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});
