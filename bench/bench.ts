import type { Database } from '../server/store/connections.ts';

export type DatabaseKind = Database['kind'];

/** What every measurement is given. */
export type Bench = {
  /** The long form, for `docs/benchmarks.md`; the quick one shows in CI that nothing has become far worse. */
  readonly isFull: boolean;
  readonly databases: readonly DatabaseKind[];
  /** An empty one that flushes each commit to the disk, gone when the run ends. */
  newDatabase(kind: DatabaseKind): Promise<Database>;
};

/** One line of the table. */
export type Line = {
  readonly what: string;
  readonly database: DatabaseKind | null;
  readonly measured: string;
  /** What it is compared with, measured in the same run. */
  readonly yardstick: string;
  readonly ratio: number | null;
  readonly target: string;
  /** Null: there is no target, it only explains another line. */
  readonly isReached: boolean | null;
};
