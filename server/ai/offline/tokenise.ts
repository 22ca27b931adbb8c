import { canonicalGrowthRate, GROWTH_RATE } from './big-o.ts';
import { fold } from './fold.ts';
import { remember } from './remember.ts';

/** One word or sign of a text, with its place in the original, so that evidence can be quoted letter by letter. */
export type Token = {
  /** As compared when the signs around it matter: `__init__`, `map!`, `&block`, `o(n)`. */
  readonly exact: string;
  /** The bare word, without case, accents and signs. */
  readonly plain: string;
  /** In lower case but with its accents, which the stemmers need. */
  readonly spelled: string;
  readonly start: number;
  readonly end: number;
  /** How strongly what stands before it separates it from the token before. */
  readonly breakBefore: 'none' | 'pause' | 'sentence';
};

/** Cuts a text into words, technical tokens and operators. `respond_to` and `key-value` are two words each. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [written] = match;
    let breakBefore = breakIn(text.slice(end, match.index), tokens.at(-1)?.exact ?? '', written);
    end = match.index + written.length;
    for (const word of match.groups?.growth === undefined ? wordsOf(written) : [growthRate(written)]) {
      tokens.push({ ...word, start: match.index, end, breakBefore });
      breakBefore = 'none';
    }
  }
  return tokens;
}

const WORD = "[\\p{L}\\p{N}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*";

const TOKEN = new RegExp(
  [
    `(?<growth>${GROWTH_RATE.source})`,
    `__${WORD}(?:_${WORD})*__`,
    '(?<![\\p{L}\\p{N}])(?:c\\+\\+|[cf]#)(?![\\p{L}\\p{N}])',
    '\\d+\\.\\d+',
    // A sign before a word counts only where nothing is to the left of it: `&block`, but not the product `a*b`.
    `(?:(?<![\\p{L}\\p{N}\\p{M}_)\\]])(?:&|\\*{1,2}|@{1,2}|\\.{3}))?${WORD}(?:[?!](?!=|\\.\\S))?`,
    '===|!==|<=>|\\|\\|=|&&=|=>|->|==|!=|<=|>=|&&|\\|\\||\\?\\?|[?&]\\.(?!\\s)|\\+\\+|<<|>>|::|\\*\\*',
  ].join('|'),
  'giu',
);

type Word = Pick<Token, 'exact' | 'plain' | 'spelled'>;

function growthRate(written: string): Word {
  const rate = canonicalGrowthRate(written);
  return { exact: rate, plain: rate, spelled: rate };
}

/** Cutting a word open takes several looks at it, and most words have been seen before. */
const MOST_WORDS_KEPT = 20_000;

const wordsOf = remember(MOST_WORDS_KEPT, (written): readonly Word[] => {
  const spelled = written.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  const negated = /^(.+)n't[?!]?$/.exec(spelled)?.[1] ?? TYPED_WITHOUT_APOSTROPHE.get(spelled);
  if (negated !== undefined) {
    const verb = SHORTENED.get(negated) ?? negated;
    return [
      { exact: verb, plain: fold(verb), spelled: verb },
      { exact: 'not', plain: 'not', spelled: 'not' },
    ];
  }
  const whole = spelled.replace(/'(?:s|re|ve|ll|d|m)(?=[?!]?$)/, '').replaceAll("'", '');
  // An operator has no bare word: it stands for itself.
  const bare = whole.replace(/^[^\p{L}\p{N}]+|[?!]$|_/gu, '') || whole;
  return [{ exact: fold(whole), plain: fold(bare), spelled: bare }];
});

const SHORTENED: ReadonlyMap<string, string> = new Map([
  ['ca', 'can'],
  ['wo', 'will'],
]);

/** Nobody looks for the apostrophe on a phone. */
const TYPED_WITHOUT_APOSTROPHE: ReadonlyMap<string, string> = new Map([
  ...['do', 'does', 'did', 'is', 'are', 'was', 'were', 'would', 'should', 'could', 'has', 'have'].map(
    (verb): [string, string] => [`${verb}nt`, verb],
  ),
  ['cannot', 'can'],
  ['cant', 'can'],
  ['wont', 'will'],
]);

function breakIn(gap: string, before: string, after: string): Token['breakBefore'] {
  if (/[.!;?…]["'”’)\]*_`]*\s|[¿¡]|\n\s*\n/.test(gap)) return 'sentence';
  // `nil?` and `map!` are names: behind them a sentence ends only where a new one begins.
  if (/[?!]$/.test(before) && /^\s/.test(gap) && !/^[\p{Ll}]/u.test(after)) return 'sentence';
  return /[,:()\n—–]| - /.test(gap) ? 'pause' : 'none';
}
