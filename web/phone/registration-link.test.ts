import { expect, it } from 'vitest';
import { registrationLink } from './registration-link.ts';

const ana = { number: '5511955501234', name: 'Ana & João', language: 'pt' } as const;

it('fills in the number with its plus sign, the name and the language', () => {
  const link = new URL(registrationLink('http://localhost:3000/', ana));
  expect(Object.fromEntries(link.searchParams)).toEqual({
    number: '+5511955501234',
    name: 'Ana & João',
    lang: 'pt',
  });
  expect(link.search).toContain('number=%2B55');
});

it('keeps the path and the query of the page', () => {
  expect(registrationLink('http://localhost:3000/register?from=demo', ana)).toMatch(
    /^http:\/\/localhost:3000\/register\?from=demo&number=/,
  );
});
