import { describe, expect, it } from 'vitest';
import type { Language } from '../../../interview/languages/language.ts';
import { tokenise } from './tokenise.ts';
import { keysInAnswer, wordKeys } from './word-keys.ts';

function meets(alias: string, said: string, language: Language): boolean {
  const [aliasWord] = tokenise(alias);
  const [saidWord] = tokenise(said);
  if (aliasWord === undefined || saidWord === undefined) throw new Error('each text must hold a word');
  const keys = keysInAnswer(saidWord, language);
  return wordKeys(aliasWord, language).some((key) => keys.includes(key));
}

describe('a word of the rubric is heard in its inflections', () => {
  it.each<[Language, string, string]>([
    ['en', 'closure', 'Closures'],
    ['en', 'memoize', 'memoization'],
    ['en', 'run', 'ran'],
    ['en', 'keeps', 'kept'],
    ['en', 'vertex', 'vertices'],
    ['es', 'función', 'funciones'],
    ['es', 'ejecución', 'ejecuciones'],
    ['es', 'ejecuciones', 'ejecucion'],
    ['es', 'devolver', 'devuelve'],
    ['es', 'mantiene', 'mantener'],
    ['es', 'método', 'METODOS'],
    ['pt', 'função', 'funcoes'],
    ['pt', 'funções', 'funcao'],
    ['pt', 'imutável', 'imutaveis'],
    ['pt', 'padrões', 'padrao'],
    ['pt', 'referência', 'referencias'],
    ['pt', 'executar', 'executando'],
  ])('%s: %s in %s', (language, alias, said) => {
    expect(meets(alias, said, language)).toBe(true);
  });

  it.each<[Language, string, string]>([
    ['es', 'closure', 'closures'],
    ['es', 'hoisting', 'hoisted'],
    ['pt', 'memoization', 'memoized'],
  ])('%s: the English term %s in %s', (language, alias, said) => {
    expect(meets(alias, said, language)).toBe(true);
  });

  it.each<[Language, string, string]>([
    ['en', 'mutable', 'immutable'],
    ['es', 'clase', 'clave'],
    ['pt', 'valor', 'variável'],
    ['en', 'o(n)', 'n'],
    ['en', 'o(n)', 'O(n^2)'],
    ['en', 'log n', 'n log n'],
  ])('%s: but %s not in %s', (language, alias, said) => {
    expect(meets(alias, said, language)).toBe(false);
  });
});

describe('signs around a word', () => {
  it('are demanded where the alias has them', () => {
    expect(meets('__init__', 'init', 'en')).toBe(false);
    expect(meets('map!', 'map', 'en')).toBe(false);
  });

  it('are forgiven where only the answer has them', () => {
    expect(meets('init', '__init__', 'en')).toBe(true);
    expect(meets('block', '&block', 'en')).toBe(true);
  });

  it('and a growth rate is heard with and without its O', () => {
    expect(meets('n log n', 'O(n log n)', 'en')).toBe(true);
    expect(meets('o(n log n)', 'n log n', 'en')).toBe(true);
  });
});
