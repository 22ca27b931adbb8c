/** What will happen at which instant of the given clock. Nothing runs by itself: somebody looks at the clock and calls. */
export type Agenda = {
  at(dueMs: number, task: () => void): void;
  /** Runs what is due, in order of time, then of entry; also what these tasks add for now. */
  runDue(): void;
  hasDue(): boolean;
};

type Entry = { readonly dueMs: number; readonly order: number; readonly task: () => void };

/** A binary heap, because a load test leaves tens of thousands of statuses here. */
export function createAgenda(now: () => number): Agenda {
  const heap: Entry[] = [];
  let entered = 0;

  function hasDue(): boolean {
    const first = heap[0];
    return first !== undefined && first.dueMs <= now();
  }

  return {
    at(dueMs, task) {
      push(heap, { dueMs, order: entered++, task });
    },
    runDue() {
      while (hasDue()) pop(heap)?.task();
    },
    hasDue,
  };
}

function push(heap: Entry[], entry: Entry): void {
  let hole = heap.push(entry) - 1;
  while (hole > 0) {
    const above = (hole - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[hole] = parent;
    hole = above;
  }
  heap[hole] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let hole = 0;
  for (;;) {
    const left = 2 * hole + 1;
    const earlier = earlierChild(heap, left);
    const child = heap[earlier];
    if (child === undefined || !isBefore(child, last)) break;
    heap[hole] = child;
    hole = earlier;
  }
  heap[hole] = last;
  return first;
}

function earlierChild(heap: readonly Entry[], left: number): number {
  const [one, other] = [heap[left], heap[left + 1]];
  return one !== undefined && other !== undefined && isBefore(other, one) ? left + 1 : left;
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.dueMs !== other.dueMs ? one.dueMs < other.dueMs : one.order < other.order;
}
