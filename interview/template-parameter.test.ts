import { describe, expect, it } from 'vitest';
import { nameParameter } from './template-parameter.ts';
import { fitsTemplateParameter } from './window.ts';

describe('a name in the parameter of a template', () => {
  it.each([
    ['stays as it is', 'Ana', 'Ana'],
    ['keeps its accents', 'José Ángel', 'José Ángel'],
    ['keeps the joiners that some scripts need', 'می\u200cنا', 'می\u200cنا'],
    ['becomes one line', 'Ana\nSouza\r\n', 'Ana Souza'],
    ['loses its tabs', 'Ana\tSouza', 'Ana Souza'],
    ['loses its runs of spaces', 'Ana          Souza', 'Ana Souza'],
    ['loses what cannot be seen', 'A\u0000na\u0085', 'A na'],
    ['is a wave when there is none', '', '👋'],
    ['is a wave when it is made of nothing', ' \n\t\u200b', '👋'],
    ['is cut when nobody is called like that', 'x'.repeat(500), 'x'.repeat(60)],
    ['is never cut inside an emoji', `${'x'.repeat(59)}👋`, 'x'.repeat(59)],
  ])('%s', (_, name, parameter) => {
    expect(nameParameter(name)).toBe(parameter);
    expect(fitsTemplateParameter(nameParameter(name))).toBe(true);
  });
});
