import { expect, test } from 'vitest';
import { GRADING_JSON_SCHEMA, readGrading } from './grading-schema.ts';
import { fairGrading } from './test/closure-lesson.ts';

test('the schema on the wire is strict and plain: every property required, nothing else allowed, no finer rules', () => {
  const objects = [...objectsIn(GRADING_JSON_SCHEMA)];
  expect(objects).toHaveLength(2);
  for (const { properties, required, additionalProperties } of objects) {
    expect(required).toEqual(Object.keys(properties as object));
    expect(additionalProperties).toBe(false);
  }
  const keywords = JSON.stringify(GRADING_JSON_SCHEMA).match(
    /"(?:\$\w+|min\w*|max\w*|pattern|format|default|\w+Of)":/g,
  );
  expect(keywords).toBeNull();
  expect(JSON.stringify(GRADING_JSON_SCHEMA)).toContain(
    '"enum":["covered","partial","missing","contradicted"]',
  );
});

test('reads what fits', () => {
  expect(readGrading(JSON.stringify(fairGrading()))).toMatchObject({
    verdicts: [{ id: 'keeps-scope' }, { id: 'after-return' }, { id: 'private-state', quote: null }],
    offTopic: false,
  });
});

test('forgives what servers without an enforced schema do', () => {
  const verdicts = [
    { id: ' keeps-scope ', verdict: 'missing' },
    { id: 'after-return', verdict: 'covered', quote: '' },
  ];
  const text = `Here you are:\n\`\`\`json\n${JSON.stringify({ verdicts, confidence: 0.9 })}\n\`\`\``;
  expect(readGrading(text)).toEqual({
    verdicts: [
      { id: 'keeps-scope', verdict: 'missing', quote: null },
      { id: 'after-return', verdict: 'covered', quote: null },
    ],
    nextStep: '',
    explanation: '',
    offTopic: false,
    asksForHelp: false,
  });
});

test.each([
  '',
  'All concepts are covered.',
  '{"verdicts":[',
  '[]',
  'null',
  '{}',
  '{"verdicts":[{"id":"keeps-scope","verdict":"excellent","quote":null}]}',
  '{"verdicts":[{"id":7,"verdict":"covered","quote":null}]}',
])('does not read %j', (text) => expect(readGrading(text)).toBeNull());

function* objectsIn(schema: unknown): Generator<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return;
  if ('properties' in schema) yield schema as Record<string, unknown>;
  for (const value of Object.values(schema)) yield* objectsIn(value);
}
