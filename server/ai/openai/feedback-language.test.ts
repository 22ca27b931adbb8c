import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../interview/languages/language.ts';
import { isInLanguage } from './feedback-language.ts';

const TEXTS: readonly (readonly [Language, string])[] = [
  ['en', 'Write a counter that nobody can change from the outside, and explain why it works.'],
  ['en', 'The variables of a closure can be reached only through it.'],
  ['es', 'Escribe un contador que nadie pueda cambiar desde fuera y explica por qué funciona.'],
  ['es', 'La función interna sigue viendo las variables de la externa con un event loop y una task queue.'],
  ['pt', 'Escreva um contador que ninguém possa mudar de fora e explique por que ele funciona.'],
  [
    'pt',
    'A função interna não perde o acesso às variáveis da externa, mesmo com o event loop e uma task queue.',
  ],
];

test.each(TEXTS)('%s is told from the other two: %s', (language, text) => {
  for (const other of LANGUAGES) expect(isInLanguage(text, other)).toBe(other === language);
});

test.each([
  ['es', 'Practica closures.'],
  ['pt', 'Estude `for the of to that it` e closures.'],
  ['es', 'Revisa `Promise.all`, async/await, try/catch.'],
  ['en', ''],
] as const)('too little to tell passes (%s): %s', (language, text) =>
  expect(isInLanguage(text, language)).toBe(true),
);
