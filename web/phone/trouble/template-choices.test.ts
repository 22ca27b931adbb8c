import { describe, expect, it } from 'vitest';
import type { TemplateState } from '../../../contract/switches.ts';
import { categoryChoices, familiesOf, statusChoices } from './template-choices.ts';

describe('a template’s status', () => {
  it('is one of those it can be given', () => {
    const { chosen, choices } = statusChoices('PAUSED');
    expect(chosen).toBe('PAUSED');
    expect(choices.map((it) => it.words)).toEqual(['approved', 'pending', 'rejected', 'paused', 'disabled']);
  });

  it('is shown all the same when it cannot be given', () => {
    const { chosen, choices } = statusChoices('IN_APPEAL');
    expect(chosen).toBe('other');
    expect(choices.at(-1)).toEqual({ value: 'other', words: 'in appeal' });
  });
});

it('lets no template become one for authentication', () => {
  expect(categoryChoices('UTILITY').map((it) => it.value)).toEqual(['UTILITY', 'MARKETING']);
  expect(categoryChoices('AUTHENTICATION').map((it) => it.value)).toContain('AUTHENTICATION');
});

it('shows the languages of a template together', () => {
  const families = familiesOf([
    template('welcome', 'pt_BR'),
    template('daily', 'en'),
    template('welcome', 'en'),
  ]);
  expect(families.map(({ name, templates }) => [name, templates.map((it) => it.language)])).toEqual([
    ['welcome', ['en', 'pt_BR']],
    ['daily', ['en']],
  ]);
});

function template(name: string, language: string): TemplateState {
  return { name, language, status: 'APPROVED', category: 'UTILITY' };
}
