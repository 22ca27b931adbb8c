import { expect, test } from 'vitest';
import { createPricing } from './pricing.ts';

test('the first thousand service messages of a month are free, templates never', () => {
  let now = Date.parse('2026-11-30T23:59:59Z');
  const price = createPricing(() => now);
  const types = Array.from({ length: 1001 }, () => price('service').type);
  expect(new Set(types.slice(0, 1000))).toEqual(new Set(['free_customer_service']));
  expect(types[1000]).toBe('regular');
  expect(price('utility')).toEqual({
    billable: true,
    pricing_model: 'PMP',
    type: 'regular',
    category: 'utility',
  });
  now += 1000;
  expect(price('service')).toMatchObject({ billable: false, type: 'free_customer_service' });
});
