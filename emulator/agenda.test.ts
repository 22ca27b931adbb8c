import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAgenda } from './agenda.ts';

test('what is due happens in the order of time, and of entry within one instant', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (instants) => {
      const agenda = createAgenda(() => 20);
      const happened: string[] = [];
      const labels = instants.map((instant, entry) => ({ instant, label: `${instant}/${entry}` }));
      for (const { instant, label } of labels) agenda.at(instant, () => happened.push(label));
      agenda.runDue();
      expect(happened).toEqual(labels.toSorted((a, b) => a.instant - b.instant).map(({ label }) => label));
    }),
  );
});

test('what lies in the future waits for the clock, and what a task adds for now happens at once', () => {
  let now = 10;
  const agenda = createAgenda(() => now);
  const happened: string[] = [];
  agenda.at(11, () => happened.push('later'));
  agenda.at(10, () => agenda.at(10, () => happened.push('added')));
  agenda.runDue();
  expect(happened).toEqual(['added']);
  expect(agenda.hasDue()).toBe(false);
  now = 11;
  expect(agenda.hasDue()).toBe(true);
  agenda.runDue();
  expect(happened).toEqual(['added', 'later']);
});
