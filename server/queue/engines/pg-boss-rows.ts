import { type RawBuilder, sql } from 'kysely';
import type { JobInsert } from 'pg-boss';
import { newId, type Reader, type Writer } from '../../store/store.ts';
import type { DeadJob, JobCount } from '../engine.ts';

/**
 * A job of ours, as it lies in the `data` of a row of pg-boss. A job that comes back lies in a new row, so that
 * whoever still holds the old one can no longer end it: the id that others know is this one, not the row's.
 */
export type KeptJob = {
  readonly id: string;
  readonly name: string;
  readonly key: string | null;
  readonly payload: unknown;
  /** Smaller goes first; pg-boss wants it the other way round. */
  readonly priority: number;
  /** By the clock that we were given. The row's `start_after` says the same by the database's clock. */
  readonly runAt: number;
  /** Spent in earlier rows. */
  readonly attempts: number;
  readonly error: string | null;
  readonly trace: string;
  readonly createdAt: number;
};

/** Nobody works this queue: it keeps the jobs that were given up. */
export const GIVEN_UP = 'given-up';

/** A job without a key has one of its own, so that it shares it with nobody. */
export function keyOf(job: KeptJob): string {
  return job.key ?? job.id;
}

export type RowOfJob = JobInsert<KeptJob> & { readonly id: string; readonly data: KeptJob };

export function rowFor(job: KeptJob, inMs: number): RowOfJob {
  return {
    id: newId(),
    data: job,
    priority: -job.priority,
    // Seconds from the database's now: its clock and ours need not agree. Less than nothing keeps what has been due
    // longest in front.
    startAfter: inMs / 1000,
    singletonKey: keyOf(job),
  };
}

/*
 * What pg-boss' API does not offer, said in the columns of its table. Only rows that wait are changed here, never one
 * that is running: those belong to whoever fetched them, and the API ends them.
 */

/** Of the waiting twins, the earlier of both due times holds. Answers with the keys that have a twin. */
export async function bringForward(
  tx: Writer,
  name: string,
  jobs: readonly KeptJob[],
  now: number,
): Promise<ReadonlySet<string>> {
  const wanted = JSON.stringify(jobs.map((job) => ({ key: keyOf(job), run_at: job.runAt })));
  // Locked in the order of their keys: two transactions with the same keys do not wait for one another in a ring.
  const { rows } = await sql<{ key: string }>`
    with wanted as (
      select * from json_to_recordset(${wanted}::text::json) as it (key text, run_at bigint)
    ), waiting as (
      select job.id, wanted.run_at, (job.data ->> 'runAt')::bigint as was_at
      from pgboss.job job join wanted on wanted.key = job.singleton_key
      where job.name = ${name} and job.state < 'active'
      order by job.singleton_key
      for update of job
    )
    update pgboss.job job set
      start_after = case when run_at < was_at then ${fromNow(sql`run_at`, now)} else start_after end,
      data = case when run_at < was_at then jsonb_set(data, '{runAt}', to_jsonb(run_at)) else data end
    from waiting
    where job.name = ${name} and job.id = waiting.id
    returning job.singleton_key as key`.execute(tx.q);
  return new Set(rows.map((row) => row.key));
}

/** Takes away what waits under that key. Answers with when it would have been due. */
export async function removeWaiting({ q }: Reader, name: string, key: string): Promise<number> {
  const { rows } = await sql<{ run_at: string }>`
    delete from pgboss.job where name = ${name} and singleton_key = ${key} and state < 'active'
    returning data ->> 'runAt' as run_at`.execute(q);
  return Math.min(Number.POSITIVE_INFINITY, ...rows.map((row) => Number(row.run_at)));
}

/** After our clock was moved by hand the database's does not know what is due. */
export async function bringForwardWhatIsDue({ q }: Reader, now: number): Promise<void> {
  const runAt = sql`(data ->> 'runAt')::bigint`;
  await sql`
    update pgboss.job set start_after = ${fromNow(runAt, now)}
    where name <> ${GIVEN_UP} and state < 'active' and start_after > pgboss.job_now() and ${runAt} <= ${now}`.execute(
    q,
  );
}

export type Wanted = { readonly name: string; readonly free: number };
export type Seen = {
  readonly name: string;
  /** How many could begin now, at most as many as are free. */
  readonly due: number;
  /** When the next of those is due that are not yet, in milliseconds from now; null: nothing more waits. */
  readonly nextInMs: number | null;
};

/** One look for all names: an idle process asks the database a single cheap question. */
export async function lookAround({ q }: Reader, names: readonly Wanted[]): Promise<readonly Seen[]> {
  const { rows } = await sql<Seen>`
    select worker.name, (
      select count(*)::int from (
        select from pgboss.job job
        where job.name = worker.name and job.state < 'active' and not job.blocked
          and job.start_after <= pgboss.job_now()
          and not exists (
            select from pgboss.job twin
            where twin.name = job.name and twin.state = 'active' and twin.policy = ${sql.lit(POLICY)}
              and coalesce(twin.singleton_key, '') = coalesce(job.singleton_key, '')
          )
        limit worker.free
      ) as due
    ) as due, (
      select ceil(extract(epoch from min(job.start_after) - pgboss.job_now()) * 1000)::float8
      from pgboss.job job
      where job.name = worker.name and job.state = 'created' and not job.blocked
        and job.start_after > pgboss.job_now()
    ) as "nextInMs"
    from json_to_recordset(${JSON.stringify(names)}::text::json) as worker (name text, free int)`.execute(q);
  return rows;
}

export async function countJobs({ q }: Reader): Promise<readonly JobCount[]> {
  const { rows } = await sql<JobCount>`
    select
      data ->> 'name' as name,
      case when name = ${GIVEN_UP} then 'dead' when state = 'active' then 'running' else 'ready' end as state,
      count(*)::int as count
    from pgboss.job where state <= 'active' group by 1, 2`.execute(q);
  return rows;
}

export async function deadJobs({ q }: Reader): Promise<readonly DeadJob[]> {
  const { rows } = await sql<{ data: KeptJob }>`
    select data from pgboss.job where name = ${GIVEN_UP} order by id`.execute(q);
  return rows.map(({ data: { id, name, error, attempts, createdAt } }) => ({
    id,
    name,
    error,
    attempts,
    createdAt,
  }));
}

export async function countDead({ q }: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pgboss.job where name = ${GIVEN_UP}`.execute(q);
  return rows[0]?.count ?? 0;
}

/** By when it was due for the last time: its last run was then, or soon after. */
export async function forgetDead({ q }: Reader, before: number, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from pgboss.job where name = ${GIVEN_UP} and id in (
      select id from pgboss.job
      where name = ${GIVEN_UP} and (data ->> 'runAt')::bigint < ${before} limit ${most}
    )`.execute(q);
  return Number(numAffectedRows ?? 0n);
}

/** Takes a job that was given up out of where it is kept. */
export async function takeDead({ q }: Reader, id: string): Promise<KeptJob | null> {
  const { rows } = await sql<{ data: KeptJob }>`
    delete from pgboss.job where name = ${GIVEN_UP} and id::text = ${id} returning data`.execute(q);
  return rows[0]?.data ?? null;
}

/** One waiting and one running job per key. */
export const POLICY = 'stately';

function fromNow(runAt: RawBuilder<unknown>, now: number): RawBuilder<unknown> {
  return sql`pgboss.job_now() + (${runAt} - ${now}::bigint) * interval '1 millisecond'`;
}
