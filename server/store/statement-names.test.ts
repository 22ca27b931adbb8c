import { expect, it } from 'vitest';
import { createStatementNames, isOutdated } from './statement-names.ts';

it('names what comes again, and always the same', () => {
  const names = createStatementNames();
  expect(names.nameOf('select 1')).toBeNull();
  const name = names.nameOf('select 1');
  expect(name).toMatch(/^s\d+$/);
  expect(names.nameOf('select 1')).toBe(name);
  names.nameOf('select 2');
  expect(names.nameOf('select 2')).not.toBe(name);
});

it('uses no old name for what no longer fits the tables', () => {
  const names = createStatementNames();
  names.nameOf('select 1');
  const old = names.nameOf('select 1');
  names.renew();
  names.nameOf('select 1');
  expect(names.nameOf('select 1')).not.toBe(old);
});

it('stops collecting at some time, whatever lists are asked for', () => {
  const names = createStatementNames();
  names.nameOf('select 1');
  for (let length = 0; length < 2000; length++) names.nameOf(`select ${'$1, '.repeat(length)}`);
  expect(names.nameOf(`select ${'$1, '.repeat(1999)}`)).toBeNull();
  expect(names.nameOf('select 1')).not.toBeNull();
});

it('knows from the error that a statement is outdated', () => {
  const refused = (code: string, message: string) => Object.assign(new Error(message), { code });
  expect(isOutdated(refused('0A000', 'cached plan must not change result type'))).toBe(true);
  expect(isOutdated(refused('26000', 'prepared statement "s1" does not exist'))).toBe(true);
  expect(isOutdated(refused('0A000', 'this is not supported'))).toBe(false);
  expect(isOutdated(new Error('Connection terminated'))).toBe(false);
});
