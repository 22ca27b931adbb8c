import { describe, expect, it } from 'vitest';
import { tokenise } from './tokenise.ts';

const exact = (text: string) => tokenise(text).map((token) => token.exact);
const plain = (text: string) => tokenise(text).map((token) => token.plain);

describe('an answer is cut into words', () => {
  it('without case, accents and punctuation', () => {
    expect(exact('Función, ÁRVORE; “Größe” — ＦＵＬＬ')).toEqual(['funcion', 'arvore', 'große', 'full']);
  });

  it('whose places are those of the original', () => {
    const text = '¿La «función» recuerda, 😀 O(n log n)?';
    expect(tokenise(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'La',
      'función',
      'recuerda',
      'O(n log n)',
    ]);
  });

  it.each([
    ['respond_to_missing', ['respond', 'to', 'missing']],
    ['key-value', ['key', 'value']],
    ['Array.from', ['array', 'from']],
    ['_slanted_ words', ['slanted', 'words']],
    ['a*b', ['a', 'b']],
  ])('%s is several words', (text, words) => {
    expect(exact(text)).toEqual(words);
  });

  it.each([
    ['__init__', 'init'],
    ['&block', 'block'],
    ['**kwargs', 'kwargs'],
    ['...rest', 'rest'],
    ['map!', 'map'],
    ['nil?', 'nil'],
  ])('%s is one word with its signs, and the bare word %s', (text, word) => {
    expect(exact(`so ${text} it`)).toContain(text);
    expect(plain(`so ${text} it`)).toContain(word);
  });

  it('and keeps operators, languages with signs and decimals', () => {
    expect(exact('a === b, C++ and c# in 3.14')).toEqual(['a', '===', 'b', 'c++', 'and', 'c#', 'in', '3.14']);
  });

  it.each(["doesn't", 'doesn’t', 'doesnt'])('%s is a verb and its negation', (text) => {
    expect(exact(text)).toEqual(['does', 'not']);
  });

  it('where possessives are no words', () => {
    expect(exact("the object's scope, it's")).toEqual(['the', 'object', 'scope', 'it']);
  });

  it('and sentences end at their signs, not inside a name', () => {
    const breaks = (text: string) => tokenise(text).map((token) => token.breakBefore);
    expect(breaks('one. Two')).toEqual(['none', 'sentence']);
    expect(breaks('yes! Two')).toEqual(['none', 'sentence']);
    expect(breaks('map! changes')).toEqual(['none', 'none']);
    expect(breaks('a map ?. Two').at(-1)).toBe('sentence');
    expect(exact('user?.name')).toEqual(['user', '?.', 'name']);
    expect(breaks('console.log')).toEqual(['none', 'none']);
    expect(breaks('one, two')).toEqual(['none', 'pause']);
  });
});

describe('a growth rate has one spelling', () => {
  it.each([
    ['O(n log n)', 'o(nlogn)'],
    ['o( n*log(n) )', 'o(nlogn)'],
    ['O of n log n', 'o(nlogn)'],
    ['O(n²)', 'o(n2)'],
    ['O(n^2)', 'o(n2)'],
    ['o de n al cuadrado', 'o(n2)'],
    ['o de n ao quadrado', 'o(n2)'],
    ['O(V + E)', 'o(e+v)'],
    ['O(m·n)', 'o(mn)'],
    ['o de um', 'o(1)'],
    ['O(2^n)', 'o(2^n)'],
    ['n log n', 'nlogn'],
    ['log₂ n', 'logn'],
    ['n squared', 'n2'],
  ])('%s is %s', (text, rate) => {
    expect(exact(text)).toEqual([rate]);
  });

  it.each(['console.log(n)', 'usar uno o (la) otra', 'um e log n'])(
    '%s is not read as one where the words are others',
    (text) => {
      expect(exact(text)).not.toContain('o(la)');
      expect(exact(text)).not.toContain('elogn');
      expect(exact(text).length).toBeGreaterThan(1);
    },
  );

  it('and a text made to confuse the pattern is read all the same', () => {
    const text = `o(${'1'.repeat(3_000)} o(${'n '.repeat(1_000)} ${'log ('.repeat(500)}`;
    expect(exact(text).length).toBeGreaterThan(1_000);
  });
});
