import { describe, expect, it } from 'vitest';
import { firstName } from './learner.ts';

describe('the name to greet with', () => {
  it.each([
    ['Ana', 'Ana'],
    ['Ana Maria Souza', 'Ana'],
    ['  José  Pérez ', 'José'],
    ['Zoë\nvan Dyk', 'Zoë'],
    ['李小龍', '李小龍'],
  ])('of %j is %j', (name, first) => {
    expect(firstName(name)).toBe(first);
  });
});
