import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionJsonSchema } from './question-json-schema.ts';

describe('what editors know of questions', () => {
  it('is what the check knows: npm run bot -- questions schema > content/question.schema.json', () => {
    const committed = readFileSync(new URL('./question.schema.json', import.meta.url), 'utf8');
    expect(committed).toBe(questionJsonSchema());
  });

  it('names every field, those that must be there, and no others', () => {
    const { items } = JSON.parse(questionJsonSchema());
    expect(items.required).toEqual([
      'slug',
      'version',
      'difficulty',
      'text',
      'hint',
      'model_answer',
      'concepts',
    ]);
    expect(Object.keys(items.properties)).toEqual(
      expect.arrayContaining(['retired', 'misconceptions', 'sources']),
    );
    expect(items.additionalProperties).toBe(false);
    expect(items.properties.text.required).toEqual(['en', 'es', 'pt']);
  });
});
