import { expect, test } from 'vitest';
import { createAnswerTimes } from './answer-times.ts';

function measured(durationsMs: readonly number[]) {
  const warnings: string[] = [];
  const times = createAnswerTimes((sentence) => warnings.push(sentence));
  for (const durationMs of durationsMs) times.note(durationMs);
  return { warnings, read: times.read };
}

const twenty = (durationMs: number) => Array.from({ length: 20 }, () => durationMs);

test('a quick receiver hears nothing', () => {
  const { warnings, read } = measured(twenty(250));
  expect(warnings).toEqual([]);
  expect(read()).toEqual({ answers: 20, medianMs: 250, aboveOneSecond: 0 });
});

test('a median above 250 ms is said once, and again when it comes back', () => {
  expect(measured([...twenty(251), ...twenty(251)]).warnings).toEqual([expect.stringContaining('251 ms')]);
  const backAgain = [
    ...twenty(251),
    ...twenty(1),
    ...twenty(1),
    ...twenty(300),
    ...twenty(300),
    ...twenty(300),
  ];
  expect(measured(backAgain).warnings).toHaveLength(2);
});

test('so is one in a hundred above a second', () => {
  expect(measured([...twenty(5).slice(1), 1001]).warnings).toEqual([expect.stringContaining('1 of 20')]);
  expect(measured([...Array.from({ length: 180 }, () => 5), ...twenty(5).slice(1), 1001]).warnings).toEqual(
    [],
  );
});

test('only the latest answers count', () => {
  const { read } = measured([
    ...Array.from({ length: 500 }, () => 900),
    ...Array.from({ length: 200 }, () => 3),
  ]);
  expect(read()).toEqual({ answers: 700, medianMs: 3, aboveOneSecond: 0 });
});
