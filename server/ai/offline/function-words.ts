import type { Language } from '../../../interview/languages/language.ts';

/** True for words that carry no content of their own: a phrase is still said when another article stands in it. */
export function isStopWord(plain: string, language: Language): boolean {
  return STOP_WORDS[language].has(plain);
}

/** True for words that turn what follows into its opposite. English ones count everywhere: terms are mixed. */
export function isNegation(plain: string, language: Language): boolean {
  return NEGATIONS[language].has(plain);
}

/** "Not only …" says more, not less: true for the word that follows such a negation. */
export function liftsNegation(plain: string): boolean {
  return ONLY_WORDS.has(plain);
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Folded, as they are compared. Words of order, place, time and number are content: before, inside, while, two. */
const STOP_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words(
    `a an the this that these those which its it itself they them their there here is are was were be been being am do
    does did can could will would may might should must of to in on at by for from with as into onto and or so also
    very really actually just we our you your i my he she his her`,
  ),
  es: words(
    `el la los las lo le les se un una unos unas su sus mi mis tu tus me te nos de del al a en con por para que y e o u
    es son era eran fue ser esta estan estar este esto estos estas ese esa eso esos esas aquel aquella como ya muy
    tambien hay ha han he ella ellos ellas yo puede pueden puedes podria deben debe`,
  ),
  pt: words(
    `o a os as ao aos um uma uns umas do da dos das de no na nos nas num numa em por pelo pela pelos pelas para pra com
    que e ou se lhe lhes me te seu sua seus suas meu minha sao era eram foi ser esta estao estar este estes estas isto
    esse essa isso esses essas aquele aquela como ja muito tambem ha ele ela eles elas voce eu pode podem poderia deve devem`,
  ),
};

/** In Portuguese `no` is "in the"; in Spanish `sin` and in Portuguese `sem` are "without". */
const NEGATIONS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words('not no never without none neither nor hardly'),
  es: words('no nunca jamas sin ni tampoco ningun ninguna ninguno nada not without'),
  pt: words('nao nunca jamais sem nem tampouco nenhum nenhuma nada not without'),
};

const ONLY_WORDS = words('only just merely solo solamente unicamente so somente apenas');
