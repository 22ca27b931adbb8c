import { expect, it } from 'vitest';
import { readDeepLink } from './deep-link.ts';

it('reads what a wa.me link would carry', () => {
  expect(readDeepLink('?to=15550100200&text=START%20x7Kq%0Aol%C3%A1')).toEqual({
    to: '15550100200',
    text: 'START x7Kq\nolá',
  });
});

it('takes the number with or without its signs', () => {
  expect(readDeepLink('?to=%2B1%20555-010-0200&text=hi')?.to).toBe('15550100200');
});

it('may come without a text', () => {
  expect(readDeepLink('?to=15550100200')).toEqual({ to: '15550100200', text: '' });
});

it('is none without a number', () => {
  expect(readDeepLink('')).toBeNull();
  expect(readDeepLink('?text=hi')).toBeNull();
  expect(readDeepLink('?to=bot&text=hi')).toBeNull();
});
