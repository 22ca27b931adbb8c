import { expect, test } from 'vitest';
import { codesOfSends, errorCode } from './error-codes.ts';

test('every code has the HTTP status of Meta’s table', () => {
  const statuses = new Map<number, number[]>();
  for (const { code } of codesOfSends()) {
    const { http } = errorCode(code);
    statuses.set(http, [...(statuses.get(http) ?? []), code]);
  }
  expect(statuses.get(401)).toEqual([0, 190]);
  expect(statuses.get(403)).toEqual([10, 200, 368, 130497, 131005, 131031]);
  expect(statuses.get(404)).toEqual([132001]);
  expect(statuses.get(500)).toEqual([3, 131000, 131016, 131045, 131057, 133000, 134102]);
  expect(statuses.get(503)).toEqual([2, 133004]);
  expect([...statuses.keys()].toSorted()).toEqual([400, 401, 403, 404, 500, 503]);
  expect(errorCode(274).http).toBe(403);
});

test('what comes later by a status is told apart from what stands in the answer', () => {
  const later = codesOfSends().filter((choice) => choice.seen === 'status');
  expect(later.map((choice) => choice.code)).toEqual([
    130403, 130472, 131026, 131042, 131047, 131048, 131049, 131050, 137000,
  ]);
});

test('codes that are not about sends are no choice for one', () => {
  const codes = codesOfSends().map((choice) => choice.code);
  expect(codes).not.toContain(131052);
  expect(codes).not.toContain(2388293);
  expect(errorCode(2388293).title).not.toBe(errorCode(999999).title);
});
