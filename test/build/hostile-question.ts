import fc from 'fast-check';
import { AREAS, DIFFICULTIES } from '../../interview/areas.ts';
import type { Question } from '../../interview/question.ts';

// biome-ignore format: four lines say more than sixty
const PIECES = [
  '=1+1', '+', '-', '@SUM(A1)', '\t', '\r', '\n', '\r\n', "'", "''", '"', '""', ',', ';', '|', ' | ', '\\', '\\|', '\\n',
  '`', '```', '#', ' # ', ': ', '- ', '---', '...', '{', '}', '[', ']', '&', '*', '!', '%', '>', '~', 'null', 'true', '1e3',
  '20', '007', '  ', '\u0000', '\u0085', '\u2028', '\u2029', '\ufeff', '\u00a0', '＝', 'é', 'e\u0301', '🙂', '\ufffe',
];

/** Words that some format reads as something else, as they are after reading: not empty, and trimmed. */
function hostileWords(): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((pieces) => pieces.join('').trim())
    .filter((text) => text !== '');
}

function inEachLanguage<T>(value: fc.Arbitrary<T>) {
  return fc.record({ en: value, es: value, pt: value });
}

/** Any question that can be read at all, whether or not it keeps the rules of the bank. */
export function hostileQuestion(): fc.Arbitrary<Question> {
  const id = fc.constantFrom('a', 'the-other', '007', 'null', 'true', '1e3', 'no');
  return fc.record({
    slug: fc.constantFrom('js-a', '1-2', '2026-11-30', 'rb-null'),
    version: fc.integer({ min: 1 }),
    area: fc.constantFrom(...AREAS),
    topic: fc.constantFrom('closures', '1', 'true', 'a-b'),
    difficulty: fc.constantFrom(...DIFFICULTIES),
    retired: fc.boolean(),
    text: inEachLanguage(hostileWords()),
    hint: inEachLanguage(hostileWords()),
    modelAnswer: inEachLanguage(hostileWords()),
    concepts: fc.array(
      fc.record({
        id,
        weight: fc.integer({ min: 0, max: 9 }),
        core: fc.boolean(),
        text: inEachLanguage(hostileWords()),
        aliases: inEachLanguage(fc.array(hostileWords(), { maxLength: 8 })),
      }),
      { maxLength: 6 },
    ),
    misconceptions: fc.array(
      fc.record({
        concept: id,
        claim: inEachLanguage(hostileWords()),
        correction: inEachLanguage(hostileWords()),
      }),
      { maxLength: 3 },
    ),
    sources: fc.array(
      fc.constantFrom('https://a.example/x', 'https://b.example/?q=a,b;c|d#e', "https://c.example/'"),
      {
        maxLength: 3,
      },
    ),
  });
}
