import { describe, expect, it } from 'vitest';
import { isTypoOf } from './typo.ts';

describe('a slip of the thumb', () => {
  it.each([
    ['closre', 'closure'],
    ['clousre', 'closure'],
    ['recusrion', 'recursion'],
    ['inmutabilidad', 'inmutabilidat'],
    ['asyncronus', 'asynchronous'],
    ['varible', 'variable'],
  ])('%s is meant to be %s', (written, meant) => {
    expect(isTypoOf(written, meant)).toBe(true);
  });

  it.each([
    ['synchronous', 'asynchronous'],
    ['mutable', 'immutable'],
    ['hask', 'hash'],
    ['clave', 'clase'],
    ['point', 'print'],
    ['closer', 'closure'],
    ['decrement', 'increment'],
    ['queues', 'quite'],
  ])('%s is not: another word than %s', (written, meant) => {
    expect(isTypoOf(written, meant)).toBe(false);
  });
});
