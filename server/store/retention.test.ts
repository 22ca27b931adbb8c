import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RETENTION } from './retention.ts';

const IN_WORDS = { learner: 'with the learner', good: 'for good', current: 'the present' } as const;

it('is told to people for every table as the service does it', () => {
  const page = readFileSync(new URL('../../docs/retention.md', import.meta.url), 'utf8');
  const told = [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, table, kept]) => [table, kept]);
  const done = Object.entries(RETENTION).map(([table, kept]) => [
    table,
    typeof kept === 'number' ? `${kept} days` : IN_WORDS[kept],
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(done));
});
