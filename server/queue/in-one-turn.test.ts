import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOneTurn } from './in-one-turn.ts';

describe('what is asked for within one turn', () => {
  it('is done together, and each waits until it is', async () => {
    const done: (readonly string[])[] = [];
    const gate = Promise.withResolvers<void>();
    const end = inOneTurn<string>(async (items) => {
      await gate.promise;
      done.push(items);
    });
    const first = end('a').then(() => done.length);
    const second = end('b').then(() => done.length);
    await nextTurn();
    expect(done).toEqual([]);
    gate.resolve();
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    expect(done).toEqual([['a', 'b']]);
  });

  it('is not mixed with what is asked for in the next, even while the first is being done', async () => {
    const begun: (readonly string[])[] = [];
    const end = inOneTurn<string>(async (items) => {
      begun.push(items);
      await nextTurn();
    });
    const first = end('a');
    await nextTurn();
    await Promise.all([first, end('b')]);
    expect(begun).toEqual([['a'], ['b']]);
  });

  it('fails together, and the next is tried afresh', async () => {
    let times = 0;
    const end = inOneTurn<string>(async () => {
      times += 1;
      if (times === 1) throw new Error('the database is away');
    });
    const both = await Promise.allSettled([end('a'), end('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await end('c');
    expect(times).toBe(2);
  });
});
