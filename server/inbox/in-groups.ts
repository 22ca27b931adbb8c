/**
 * Does one after another, or together, what many ask for at once: while groups are under way, whatever comes is gathered
 * into the next one. Each promise settles with its group's. In a group that fails each is tried alone, so that one bad
 * item does not take the others with it, now and at every repetition.
 */
export function inGroups<Item>(it: {
  doTogether: (items: readonly Item[]) => Promise<void>;
  groupsAtOnce: number;
  mostInGroup: number;
  /** It would meet each of them alone as well, and each would wait for it in turn. */
  failsAll: (error: unknown) => boolean;
}): (item: Item) => Promise<void> {
  const { doTogether, groupsAtOnce, mostInGroup, failsAll } = it;
  const gathered: Waiting<Item>[] = [];
  let underWay = 0;

  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    gathered.push({ item, resolve, reject });
    if (underWay < groupsAtOnce) void work();
    return promise;
  };

  async function work(): Promise<void> {
    underWay += 1;
    // Whatever else arrives in this turn of the event loop comes along.
    await new Promise((soon) => setImmediate(soon));
    for (;;) {
      const group = gathered.splice(0, mostInGroup);
      if (group.length === 0) break;
      await doGroup(group);
    }
    underWay -= 1;
  }

  async function doGroup(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await doTogether(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1 || failsAll(error)) for (const { reject } of group) reject(error);
      else for (const waiting of group) await doGroup([waiting]);
    }
  }
}

type Waiting<Item> = {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};
