import type { Store } from './store.ts';

/** On a disk that is nearly full a small change still finds room where a notification does not. */
const BYTES = 64 * 1024;
const CAUSE = 'proof that the database can be written';

/** Writes, commits and takes away again something of the size of a notification. Nobody ever sees it: it is over already. */
export async function proveWritable(store: Store): Promise<void> {
  const row = { cause: CAUSE, about: 'database', sentence: CAUSE, raised_at: 0, ends_at: 0 };
  await store.transact(async (tx) => {
    await tx.q
      .insertInto('troubles')
      .values({ ...row, detail: 'x'.repeat(BYTES) })
      .onConflict((oc) => oc.column('cause').doNothing())
      .execute();
  });
  await store.transact(async (tx) => {
    await tx.q.deleteFrom('troubles').where('cause', '=', CAUSE).execute();
  });
}
