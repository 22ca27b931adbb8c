import { LANGUAGES, type Language } from '../../../interview/languages/language.ts';

/**
 * False when a text is plainly in another of our languages than the learner's. Counts small words that only one of the
 * three uses; a text with too few of them passes, because "Practica closures" is no reason to ask the model again.
 */
export function isInLanguage(text: string, language: Language): boolean {
  const prose = text.replace(/`[^`]*`/g, ' ').toLowerCase();
  const spoken = prose.match(/\p{L}+/gu) ?? [];
  const own = count(spoken, language);
  return LANGUAGES.every((other) => {
    if (other === language) return true;
    const foreign = count(spoken, other);
    return foreign < ENOUGH || foreign <= own;
  });
}

/** One foreign word is a technical term, two may be a name. */
const ENOUGH = 3;

function count(spoken: readonly string[], language: Language): number {
  return spoken.filter((word) => TELLING_WORDS[language].has(word)).length;
}

/**
 * Left out: words that two of the three share (`de`, `que`, `como`, `para`, `no`, `do`, `as`, `o`, `a`) and those that
 * are also keywords (`for`, `in`, `is`, `not`, `and`, `if`, `this`), which stand in texts of every language.
 */
const TELLING_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words(`the of to that it you your are what how why be by an can but its has have would also they there these at
    on was were will should because about only more explain review learn show shows than when where into each between
    another same which its their we our does did been very through then think`),
  es: words(`el la los las y en un una es con pero muy más qué cómo del al cuando son hay esto eso ese sin tu tus su sus
    lo le también otro otra mismo misma porque hasta desde donde dónde puede puedes explica repasa revisa practica
    intenta menciona ejemplo función y ni según así aquí hacer`),
  pt: words(`os e em um uma é com mas muito mais não você seu sua seus suas da das na nos nas ao quando são há isso isto
    essa esse sem também outro outra mesmo mesma até onde pode explique revise pratique tente mencione exemplo função
    pelo pela à às nem assim aqui fazer pois então`),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
