import type { NewPhone } from '../../contract/phone.ts';

/**
 * Three people to start with, one per language. The numbers are nobody's and still valid under the numbering plans:
 * the registration form refuses what is not (in the USA, 555-0100 to 555-0199 of any area code are kept for fiction).
 */
export const READY_PHONES: readonly NewPhone[] = [
  { name: 'Ana', number: '5511955501234', language: 'pt' },
  { name: 'Luis', number: '525555550123', language: 'es' },
  { name: 'Grace', number: '12025550199', language: 'en' },
];

/** A person and a number that no phone has yet. */
export function suggestPhone(language: NewPhone['language'], taken: readonly NewPhone[]): NewPhone {
  const names = new Set(taken.map((phone) => phone.name));
  const numbers = new Set(taken.map((phone) => phone.number));
  const people = PEOPLE[language];
  const name = people.names.find((it) => !names.has(it)) ?? people.names[0];
  let last = 100;
  while (numbers.has(people.numberBegins + last)) last += 1;
  return { name, number: people.numberBegins + last, language };
}

type People = { readonly names: readonly [string, ...string[]]; readonly numberBegins: string };

const PEOPLE: Readonly<Record<NewPhone['language'], People>> = {
  en: { names: ['Alan', 'Barbara', 'Edsger', 'Margaret', 'Ada'], numberBegins: '12025550' },
  es: { names: ['Lucía', 'Mateo', 'Valentina', 'Diego', 'Camila'], numberBegins: '525555550' },
  pt: { names: ['Bruno', 'Beatriz', 'Caio', 'Júlia', 'Rafael'], numberBegins: '5511955501' },
};
