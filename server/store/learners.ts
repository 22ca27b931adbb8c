import type { ExpressionBuilder, Selectable } from 'kysely';
import type { Learner, Preferences } from '../../interview/learner.ts';
import type { Reader, Writer } from './store.ts';
import type { LearnersTable, Tables } from './tables.ts';

export async function findLearner(db: Reader, id: string): Promise<Learner | null> {
  const row = await db.q.selectFrom('learners').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : learnerFrom(db, row);
}

/** The same, and until this transaction ends nobody else decides about this learner: `lock-learner.ts` says why. */
export async function findAndLockLearner(tx: Writer, id: string): Promise<Learner | null> {
  const row = await tx.q
    .selectFrom('learners')
    .selectAll()
    .where('id', '=', id)
    .$if(tx.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? null : learnerFrom(tx, row);
}

/** A learner that nobody has confirmed yet. */
export async function createLearner(
  tx: Writer,
  it: { id: string; preferences: Preferences; now: number },
): Promise<void> {
  await tx.q
    .insertInto('learners')
    .values({
      id: it.id,
      state: 'registered',
      ...preferenceColumns(tx, 'learners', it.id, it.preferences),
      next_ask_at: null,
      last_inbound_at: null,
      last_courtesy_on: null,
      stopped_at: null,
      confirmed_at: null,
      unreachable_since: null,
      withheld_until: null,
      slowed_until: null,
      created_at: it.now,
    })
    .execute();
}

export type DueLearner = { readonly id: string; readonly nextAskAt: number };

/** Those whose time has come, the longest waiting first; `after` is the last one of the batch before. */
export async function dueLearners(
  db: Reader,
  it: { now: number; after: DueLearner | null; limit: number },
): Promise<DueLearner[]> {
  const { after } = it;
  const rows = await db.q
    .selectFrom('learners')
    .select(['id', 'next_ask_at'])
    .where('next_ask_at', 'is not', null)
    .where('next_ask_at', '<=', it.now)
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('next_ask_at', 'id'), '>', eb.tuple(after?.nextAskAt ?? 0, after?.id ?? '')),
      ),
    )
    .orderBy('next_ask_at')
    .orderBy('id')
    .limit(it.limit)
    .execute();
  return rows.map((row) => ({ id: row.id, nextAskAt: row.next_ask_at ?? 0 }));
}

/**
 * Ids of those who stopped or could no longer be reached before an instant, and of those who never confirmed anything
 * they registered before it.
 */
export async function inactiveLearners(db: Reader, before: number, limit: number): Promise<string[]> {
  const rows = await db.q
    .selectFrom('learners')
    .select('id')
    .where('id', 'in', (eb) =>
      notActive(eb)
        .where('state', '=', 'stopped')
        .where('stopped_at', '<', before)
        .union(eb.selectFrom('learners').select('id').where('unreachable_since', '<', before))
        .union(notActive(eb).where('state', '=', 'registered').where('created_at', '<', before)),
    )
    // Who has registered since may still confirm.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('registrations')
            .select('registrations.id')
            .whereRef('registrations.learner_id', '=', 'learners.id')
            .where('registrations.created_at', '>=', before),
        ),
      ),
    )
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Said in the words of the index: SQLite does not conclude it from the state that is wanted. */
function notActive(eb: ExpressionBuilder<Tables, 'learners'>) {
  return eb.selectFrom('learners').select('id').where('state', '!=', 'active');
}

/** The columns that hold preferences, in the learner's row as in a registration's. */
export function preferenceColumns(
  db: Reader,
  table: 'learners' | 'registrations',
  rowId: string,
  it: Preferences,
) {
  return {
    name_sealed: db.sealer.seal(it.name, `${table}.name`, rowId),
    language: it.language,
    area: it.area,
    zone: it.zone,
    ask_minute: it.askMinute,
  };
}

export function learnerFrom(db: Reader, row: Selectable<LearnersTable>): Learner {
  return {
    id: row.id,
    state: row.state,
    name: db.sealer.open(row.name_sealed, 'learners.name', row.id),
    language: row.language,
    area: row.area,
    zone: row.zone,
    askMinute: row.ask_minute,
    nextAskAt: row.next_ask_at,
    lastInboundAt: row.last_inbound_at,
    unreachableSince: row.unreachable_since,
    stoppedAt: row.stopped_at,
    lastCourtesyOn: row.last_courtesy_on,
  };
}
