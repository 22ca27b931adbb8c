import type { InEachLanguage, Language } from '../../../interview/languages/language.ts';
import { fold } from './fold.ts';
import { remember } from './remember.ts';
import { stem } from './stem.ts';
import type { Token } from './tokenise.ts';

/**
 * The keys under which a word is known: two words are the same when they share one. Spanish and Portuguese answers
 * are full of English terms, so a word may meet another by the stem of either language.
 */
export function wordKeys(token: Token, language: Language): readonly string[] {
  return token.exact === token.plain ? plainKeys(token, language) : [token.exact];
}

/** In an answer a word with signs also counts without them: who writes `__init__` has said "init", not the reverse. */
export function keysInAnswer(token: Token, language: Language): readonly string[] {
  const bare = plainKeys(token, language);
  return token.exact === token.plain ? bare : [token.exact, ...bare];
}

/** The spelling in a key, without the language of its stem. */
export function bareKey(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

function plainKeys({ plain, spelled }: Token, language: Language): readonly string[] {
  if (GROWTH.test(plain)) return growthKeys(plain);
  if (plain.length <= 2 || !/^\p{L}+$/u.test(plain)) return [plain];
  return keysOfSpelling[language](spelled);
}

/** As many as stems are kept: words are looked up more often than they are new. */
const MOST_SPELLINGS_KEPT = 20_000;

const keysOfSpelling: InEachLanguage<(spelled: string) => readonly string[]> = {
  en: remember(MOST_SPELLINGS_KEPT, (spelled) => englishKeys(fold(spelled))),
  es: remember(MOST_SPELLINGS_KEPT, (spelled) => {
    const own = ownStems(spelled, 'es');
    return keysWith(spelled, 'es', [...own, ...own.map(withoutDiphthong)]);
  }),
  pt: remember(MOST_SPELLINGS_KEPT, (spelled) => keysWith(spelled, 'pt', ownStems(spelled, 'pt'))),
};

function englishKeys(plain: string): readonly string[] {
  return [plain, `en:${stem(IRREGULAR.get(plain) ?? plain, 'en')}`];
}

function keysWith(spelled: string, language: Language, stems: readonly string[]): readonly string[] {
  return [...new Set([...englishKeys(fold(spelled)), ...stems.map((it) => `${language}:${it}`)])];
}

function ownStems(spelled: string, language: Language): readonly string[] {
  return [spelled, withAccents(fold(spelled), language)].map((spelling) => fold(stem(spelling, language)));
}

const GROWTH = /^o\(.+\)$/;

/** `n log n` says as much as `O(n log n)`, but a lone `n` does not say `O(n)`. */
function growthKeys(plain: string): readonly string[] {
  const inside = plain.slice(2, -1);
  return inside.length > 1 ? [plain, inside] : [plain];
}

/**
 * The stemmers know endings by their accents (`-ción`, `-ável`), and learners leave accents out; Portuguese plurals
 * change the end of the word (`funções`, `variáveis`), which the stemmer undoes in long words only.
 */
function withAccents(plain: string, language: Language): string {
  for (const [ending, spelledEnding] of ENDINGS[language]) {
    if (plain.endsWith(ending)) return plain.slice(0, -ending.length) + spelledEnding;
  }
  return plain;
}

const ENDINGS: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [],
  es: [
    ['ciones', 'ción'],
    ['siones', 'sión'],
    ['cion', 'ción'],
    ['sion', 'sión'],
  ],
  pt: [
    ['oes', 'ão'],
    ['cao', 'ção'],
    ['sao', 'são'],
    ['aveis', 'ável'],
    ['iveis', 'ível'],
    ['avel', 'ável'],
    ['ivel', 'ível'],
    ['ais', 'al'],
    ['eis', 'el'],
    ['encias', 'ência'],
    ['encia', 'ência'],
    ['ancias', 'ância'],
    ['ancia', 'ância'],
    ['ns', 'm'],
  ],
};

/** Spanish verbs change their stem under stress: devuelve and devolver, mantiene and mantener are the same verb. */
function withoutDiphthong(stemmed: string): string {
  return stemmed.replace(/ue(?=[^aeiou]+$)/, 'o').replace(/ie(?=[^aeiou]+$)/, 'e');
}

/** English forms that no rule of endings brings together, of the verbs and plurals that answers need. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    begin: ['began', 'begun'],
    bind: ['bound'],
    break: ['broke', 'broken'],
    bring: ['brought'],
    build: ['built'],
    catch: ['caught'],
    child: ['children'],
    choose: ['chose', 'chosen'],
    come: ['came'],
    fall: ['fell', 'fallen'],
    find: ['found'],
    get: ['got', 'gotten'],
    give: ['gave', 'given'],
    go: ['went', 'gone', 'goes'],
    grow: ['grew', 'grown'],
    hide: ['hid', 'hidden'],
    hold: ['held'],
    index: ['indices'],
    keep: ['kept'],
    know: ['knew', 'known'],
    lose: ['lost'],
    make: ['made'],
    matrix: ['matrices'],
    run: ['ran'],
    see: ['saw', 'seen'],
    send: ['sent'],
    show: ['shown'],
    take: ['took', 'taken'],
    throw: ['threw', 'thrown'],
    vertex: ['vertices'],
    write: ['wrote', 'written'],
  }).flatMap(([base, forms]) => forms.map((form): [string, string] => [form, base])),
);
