import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { someFile } from '../../test/build/some-file.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

describe('transactions started together', () => {
  it('do not mix: each sees all of those before it and nothing of those after', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'count', 0));
    await Promise.all(
      Array.from({ length: 20 }, () =>
        db.transact(async (tx) => {
          const before = await valueNamed(tx, 'count');
          await nextTurn();
          await sql`update notes set value = ${before + 1} where name = 'count'`.execute(tx);
        }),
      ),
    );
    expect(db.seenByOthers()).toEqual({ count: 20 });
  });

  it('share one commit when they fit into one turn of the event loop', async () => {
    const db = await open();
    const before = db.commits();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => db.transact((tx) => note(tx, `n${index}`, index))),
    );
    expect(Object.keys(db.seenByOthers())).toHaveLength(50);
    expect(db.commits() - before).toBe(1);
  });

  it('have a commit each when they come one after another', async () => {
    const db = await open();
    const before = db.commits();
    for (let index = 0; index < 5; index++) await db.transact((tx) => note(tx, `n${index}`, index));
    expect(db.commits() - before).toBe(5);
  });
});

describe('a transaction that is rolled back', () => {
  it('leaves nothing and does not hurt its neighbours of the same commit', async () => {
    const db = await open();
    const outcomes = await Promise.allSettled([
      db.transact((tx) => note(tx, 'before', 1)),
      db.transact(async (tx) => {
        await note(tx, 'broken', 1);
        throw new Error('changed its mind');
      }),
      db.transact((tx) => note(tx, 'after', 1)),
    ]);
    expect(outcomes.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(db.seenByOthers()).toEqual({ before: 1, after: 1 });
  });

  it('by a statement that fails leaves nothing of the statements before it', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'taken', 1));
    const failing = db.transact(async (tx) => {
      await note(tx, 'first', 1);
      await note(tx, 'taken', 2);
    });
    await expect(failing).rejects.toThrow('UNIQUE constraint failed');
    expect(db.seenByOthers()).toEqual({ taken: 1 });
  });

  it('may catch the failing statement itself and go on', async () => {
    const db = await open();
    await db.transact(async (tx) => {
      await note(tx, 'taken', 1);
      await note(tx, 'taken', 2).catch(() => note(tx, 'other', 2));
    });
    expect(db.seenByOthers()).toEqual({ taken: 1, other: 2 });
  });
});

describe('the promise of a transaction', () => {
  it('settles only when another connection sees the commit', async () => {
    const db = await open();
    const seen: object[] = [];
    await db.transact(async (tx) => {
      await note(tx, 'a', 1);
      seen.push(db.seenByOthers());
    });
    seen.push(db.seenByOthers());
    expect(seen).toEqual([{}, { a: 1 }]);
  });

  it('waits for the commit it shares, even when its own work was done long before', async () => {
    const db = await open();
    const gate = Promise.withResolvers<void>();
    let settled = false;
    const early = db
      .transact((tx) => note(tx, 'early', 1))
      .then(() => {
        settled = true;
      });
    const late = db.transact(async (tx) => {
      await note(tx, 'late', 1);
      await gate.promise;
      expect(settled).toBe(false);
      expect(db.seenByOthers()).toEqual({});
    });
    for (let turns = 0; turns < 5; turns++) await nextTurn();
    expect(settled).toBe(false);
    gate.resolve();
    await Promise.all([early, late]);
    expect(db.seenByOthers()).toEqual({ early: 1, late: 1 });
  });
});

describe('reading', () => {
  it('never shows what is not committed, and shows what is', async () => {
    const db = await open();
    const seen: number[] = [];
    const countRead = async () => (await sql`select * from notes`.execute(db.read)).rows.length;
    await db.transact(async (tx) => {
      await note(tx, 'a', 1);
      seen.push(await countRead());
      await nextTurn();
      seen.push(await countRead());
    });
    seen.push(await countRead());
    expect(seen).toEqual([0, 0, 1]);
  });

  it('cannot write, and takes no transactions', async () => {
    const db = await open();
    await expect(sql`insert into notes values ('a', 1)`.execute(db.read)).rejects.toThrow('readonly');
    await expect(db.read.transaction().execute(async () => {})).rejects.toThrow('use transact');
  });
});

describe('when the database rolls everything back by itself, as it does on a full disk', () => {
  /** The only way to make SQLite do it on demand. */
  const rollBackEverything = (tx: Transaction<Tables>) =>
    sql`insert or rollback into notes values ('taken', 2)`.execute(tx);

  it('those that shared its commit are told of failure, those that begin afterwards are none the worse', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'taken', 1));
    const outcomes = await Promise.allSettled([
      db.transact((tx) => note(tx, 'before', 1)),
      db.transact((tx) => rollBackEverything(tx)),
      db.transact((tx) => note(tx, 'after', 1)),
      db.transact((tx) => note(tx, 'last', 1)),
    ]);
    expect(outcomes.map((it) => it.status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(db.seenByOthers()).toEqual({ taken: 1, after: 1, last: 1 });
  });

  it('the failure of one commit does not reach into the transaction that follows', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'taken', 1));
    const gate = Promise.withResolvers<void>();
    const lost = db.transact((tx) => note(tx, 'lost', 1));
    const breaking = db.transact(async (tx) => {
      await gate.promise;
      await rollBackEverything(tx);
    });
    // The common commit now waits for the second transaction, and the third stands in line behind the commit.
    await nextTurn();
    await nextTurn();
    const following = db.transact(async (tx) => {
      await note(tx, 'following', 1);
      await nextTurn();
      await note(tx, 'following too', 1);
    });
    gate.resolve();
    const outcomes = await Promise.allSettled([lost, breaking, following]);
    expect(outcomes.map((it) => it.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(db.seenByOthers()).toEqual({ taken: 1, following: 1, 'following too': 1 });
  });

  it('what the same transaction still asks for is refused, not written on its own', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'taken', 1));
    const torn = db.transact((tx) =>
      Promise.all([
        rollBackEverything(tx),
        note(tx, 'second half', 1),
        nextTurn().then(() => note(tx, 'late', 1)),
      ]),
    );
    await expect(torn).rejects.toThrow();
    await db.transact((tx) => note(tx, 'later', 1));
    await nextTurn();
    expect(db.seenByOthers()).toEqual({ taken: 1, later: 1 });
  });

  it('work goes on afterwards', async () => {
    const db = await open();
    await db.transact((tx) => note(tx, 'taken', 1));
    await expect(db.transact((tx) => rollBackEverything(tx))).rejects.toThrow();
    await db.transact((tx) => note(tx, 'later', 1));
    expect(db.seenByOthers()).toEqual({ taken: 1, later: 1 });
  });
});

describe('a migration', () => {
  it('that fails half way leaves nothing of itself', async () => {
    const db = await open();
    const broken = {
      up: async (it: Kysely<unknown>) => {
        await sql`create table half (id text)`.execute(it);
        throw new Error('the other half is missing');
      },
    };
    const migrator = new Migrator({ db: db.write, provider: { getMigrations: async () => ({ broken }) } });
    expect((await migrator.migrateToLatest()).error).toMatchObject({ message: 'the other half is missing' });
    expect((await sql`select name from sqlite_schema where name = 'half'`.execute(db.read)).rows).toEqual([]);
  });
});

describe('the file', () => {
  it('is written so that a commit survives a power cut, and holds references together', async () => {
    const db = await open();
    const settings = await db.transact(async (tx) => ({
      ...(await sql`pragma journal_mode`.execute(tx)).rows[0]!,
      ...(await sql`pragma synchronous`.execute(tx)).rows[0]!,
      ...(await sql`pragma foreign_keys`.execute(tx)).rows[0]!,
    }));
    const FULL = 2;
    expect(settings).toEqual({ journal_mode: 'wal', synchronous: FULL, foreign_keys: 1 });
  });

  it('holds everything that was promised when it is closed while transactions are under way', async () => {
    const file = someFile();
    const db = await open(file);
    const gate = Promise.withResolvers<void>();
    const promised = db.transact(async (tx) => {
      await gate.promise;
      await note(tx, 'a', 1);
    });
    await nextTurn();
    const closed = db.close();
    gate.resolve();
    await Promise.all([promised, closed]);
    const other = new DatabaseSync(file, { readOnly: true });
    expect(other.prepare('select count(*) as count from notes').get()).toEqual({ count: 1 });
    other.close();
  });
});

async function open(file: string = someFile()) {
  const db = openSqlite(file);
  const other = new DatabaseSync(file);
  other.exec('create table notes (name text primary key, value integer not null)');
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= db.close();
    return closed;
  };
  onTestFinished(async () => {
    other.close();
    await close();
  });
  return {
    read: db.read,
    write: db.write,
    close,
    transact: <T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> =>
      db.write.transaction().execute(work),
    /** What a connection of somebody else sees. */
    seenByOthers: (): Record<string, number> =>
      Object.fromEntries(
        other
          .prepare('select name, value from notes')
          .all()
          .map((row) => [String(row.name), Number(row.value)]),
      ),
    /** Each commit ends with a frame in the write-ahead log that names the size of the database after it. */
    commits: () => commitFramesIn(readFileSync(`${file}-wal`)),
  };
}

/** The format is SQLite's own, documented as "WAL File Format": a header of 32 bytes, then frames. */
function commitFramesIn(wal: Buffer): number {
  const pageSize = wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    if (!wal.subarray(at + 8, at + 16).equals(salts)) break;
    if (wal.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

async function note(tx: Kysely<Tables>, name: string, value: number): Promise<void> {
  await sql`insert into notes values (${name}, ${value})`.execute(tx);
}

async function valueNamed(tx: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<{ value: number }>`select value from notes where name = ${name}`.execute(tx);
  return rows[0]!.value;
}
