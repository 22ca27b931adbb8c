import { describe, expect, it } from 'vitest';
import { inGroups } from './in-groups.ts';

/** Groups that end when the test says so. */
function someGroups(options: { groupsAtOnce?: number; mostInGroup?: number } = {}) {
  const begun: { items: readonly string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const add = inGroups<string>({
    groupsAtOnce: 1,
    mostInGroup: 100,
    failsAll: (error) => error instanceof RangeError,
    ...options,
    doTogether(items) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      begun.push({ items, end: resolve, fail: reject });
      return promise;
    },
  });
  const turn = () => new Promise((soon) => setImmediate(() => setImmediate(soon)));
  const itemsOf = () => begun.map(({ items }) => items.join(''));
  return { add, begun, turn, itemsOf };
}

describe('what is done in groups', () => {
  it('goes together when it comes together, and gathers while a group is under way', async () => {
    const { add, begun, turn, itemsOf } = someGroups();
    const first = [add('a'), add('b')];
    await turn();
    const second = [add('c'), add('d')];
    await turn();
    expect(itemsOf()).toEqual(['ab']);
    begun[0]?.end();
    await Promise.all(first);
    await turn();
    expect(itemsOf()).toEqual(['ab', 'cd']);
    begun[1]?.end();
    await Promise.all(second);
  });

  it('is never more than allowed, neither in one group nor at the same time', async () => {
    const { add, begun, turn, itemsOf } = someGroups({ groupsAtOnce: 2, mostInGroup: 2 });
    const all = [...'abcdefg'].map(add);
    await turn();
    expect(itemsOf()).toEqual(['ab', 'cd']);
    for (let group = 0; group < 4; group++) {
      begun[group]?.end();
      await turn();
    }
    await Promise.all(all);
    expect(itemsOf()).toEqual(['ab', 'cd', 'ef', 'g']);
  });

  it('fails together when what failed would meet each of them alone', async () => {
    const { add, begun, turn, itemsOf } = someGroups();
    const settled = Promise.allSettled([add('a'), add('b')]);
    await turn();
    begun[0]?.fail(new RangeError('away'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    expect(itemsOf()).toEqual(['ab']);
  });

  it('is tried alone when its group fails: one bad one harms no other', async () => {
    const { add, begun, turn, itemsOf } = someGroups();
    const settled = Promise.allSettled([add('a'), add('bad'), add('c')]);
    await turn();
    begun[0]?.fail(new Error('of the group'));
    await turn();
    begun[1]?.end();
    await turn();
    begun[2]?.fail(new Error('its own'));
    await turn();
    begun[3]?.end();
    expect(await settled).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'rejected', reason: new Error('its own') },
      { status: 'fulfilled', value: undefined },
    ]);
    expect(itemsOf()).toEqual(['abadc', 'a', 'bad', 'c']);
  });
});
