/**
 * Gathers what is asked for within one turn of the event loop and does it together. Each promise settles with the
 * group's: one statement instead of many.
 */
export function inOneTurn<Item>(
  doTogether: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let gathering: { readonly items: Item[]; readonly done: Promise<void> } | null = null;
  return (item) => {
    if (gathering === null) {
      const items: Item[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      setImmediate(() => {
        gathering = null;
        resolve(doTogether(items));
      });
      gathering = { items, done: promise };
    }
    gathering.items.push(item);
    return gathering.done;
  };
}
