import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { queryDatabase, someDatabase } from '../../test/build/database.ts';
import { someStore } from '../../test/build/store.ts';
import { recordStatements, type Statement } from '../../test/statements.ts';
import { openWorld, type Person, type World } from '../../test/world.ts';
import type { Database } from './connections.ts';

/** Those that grow with the number of learners, or with the days. `job` and `job_common` are pg-boss' own. */
const LARGE = [
  'learners',
  'addresses',
  'registrations',
  'consents',
  'asked_questions',
  'answers',
  'inbox',
  'assessments',
  'gaps',
  'messages',
  'deliveries',
  'initiated_contacts',
  'jobs',
  'job',
  'job_common',
];

/** Indexes of which all may be read, because they hold only what must be looked through anyway. */
const SHORT_INDEXES = ['messages_held', 'messages_expiring', 'initiated_contacts_waiting', 'jobs_dead'];

/** What may look at a whole table, and why. */
const EXEMPT: readonly { sql: RegExp; why: string }[] = [
  { sql: /^select \* from "jobs" where "state" = \?$/, why: 'once at the start: what a killed process left' },
  {
    sql: /^select \* from "jobs" order by "id" limit/,
    why: 'once at the start: what a move from SQLite left',
  },
  { sql: /^select "name", "state", count\(\*\).* from "jobs"/, why: '/metrics: jobs by name and state' },
  { sql: /^select data ->> 'name' as name, case/, why: '/metrics: jobs by name and state' },
  {
    sql: /^update pgboss\.job set start_after = .* <= \$3$/,
    why: 'only after the clock was moved by hand, and when another process takes the clock over',
  },
];

describe('the database', () => {
  it('is never made to look through a whole table, whatever happens on a day', async () => {
    const world = await openWorld();
    const statements = recordStatements();
    await muchHappens(world);
    const seen = statements.all().filter(({ sql }) => /^\s*(select|insert|update|delete|with)\b/i.test(sql));
    await makeLarge(world.config.database);
    const scans = await scansIn(world.config.database, seen);
    await world.close();
    expect(scans).toEqual([]);
    const touched = LARGE.filter((table) => seen.some(({ sql }) => new RegExp(`\\b${table}\\b`).test(sql)));
    expect(LARGE.filter((table) => !touched.includes(table) && !/^job/.test(table))).toEqual([]);
    expect(seen.length).toBeGreaterThan(120);
  });

  it('finds by an index whatever refers to a row that is deleted', async () => {
    const database = await someDatabase();
    await someStore(database);
    const references =
      database.kind === 'sqlite' ? await referencesInFile(database) : await referencesOnServer(database);
    expect(references.length).toBeGreaterThan(8);
    expect(references.filter((it) => !it.isIndexed).map((it) => `${it.table}.${it.column}`)).toEqual([]);
  });
});

/** As much as possible of what the service does: the more of its statements are seen, the better. */
async function muchHappens(world: World): Promise<void> {
  const people = ['Ana', 'Bea', 'Caio', 'Dora', 'Eva'].map((name, index) =>
    world.learner(name, { number: `1555010021${index}`, language: 'en' }),
  );
  const [ana, bea, caio, dora, eva] = people as [Person, Person, Person, Person, Person];
  for (const person of people) await person.joins();
  const first = newestOf(ana);
  await ana.answers(ana.questionIn(first).modelAnswer, { quoting: first.wamid });
  await ana.says('more');
  await bea.says('hint');
  await bea.says('skip');
  await caio.says('help');
  await dora.says('stop');
  await dora.says('start');
  await eva.says('stop');
  ana.phone.read();
  await world.settle();

  // The places of the day run out.
  await world.rows(`DELETE FROM account_facts WHERE fact = 'daily_limit'`);
  await world.rows(`INSERT INTO account_facts VALUES ('daily_limit', '1', 9000000000000)`);
  await world.itIs('Wednesday 09:00', 'UTC');
  await world.pass({ minutes: 2 });
  await caio.says('here I am');
  await world.rows(`DELETE FROM account_facts WHERE fact = 'daily_limit'`);
  await world.pass({ minutes: 2 });

  // Sending stands still, a phone is gone, a template is paused.
  await world.itIs('Thursday 08:59', 'UTC');
  world.emulator.faults.next(3, { code: 190 });
  world.emulator.faults.forRecipient(bea.number, 131026);
  await world.itIs('Thursday 09:00', 'UTC');
  await world.pass({ minutes: 10 });
  world.emulator.faults.clear();
  world.emulator.templates.setStatus('daily_question', 'PAUSED', 'en');
  await world.pass({ minutes: 30 });
  world.emulator.templates.setStatus('daily_question', 'APPROVED', 'en');
  await world.settle();

  // A stranger, a number that moves, one person under two addresses, somebody who never wanted any of it.
  await world.learner('Nobody', { number: '15550100300', language: 'en' }).says('hello');
  ana.phone.changeNumber('15550100301');
  await world.settle();
  const gil = world.learner('Gil', { number: '15550100302', language: 'en', identity: 'bsuid-only' });
  const { body } = await gil.registers();
  await gil.says(new URL(String(body.whatsapp_link)).searchParams.get('text') ?? '');
  gil.phone.showAs('both');
  await gil.says('hint');
  const hal = world.learner('Hal', { number: '15550100303', language: 'en' });
  const { body: form } = await hal.registers();
  await world.get(new URL(String(form.confirmation_url)).pathname);
  await hal.taps('Not me');
  await world.learner('Ida', { number: '15550100304', language: 'en' }).registers();
  await world.get('/health/ready');
  await world.get('/metrics');

  // A month later, and then three: what nobody needs is dropped, whoever left is forgotten.
  await world.restartAfter({ hours: 31 * 24 });
  await world.pass({ minutes: 5 });
  await world.restartAfter({ hours: 60 * 24 });
  for (const person of [ana, bea, dora]) {
    await person.says('start');
    await world.pass({ days: 1 });
    await person.answers('A closure keeps the variables of the function in which it was made.');
  }
  await world.learner('Jan', { number: '15550100305', language: 'en' }).registers();
}

function newestOf(person: Person) {
  const newest = person.phone.messages.findLast((message) => message.from === 'bot');
  if (newest === undefined) throw new Error('Nothing was heard');
  return newest;
}

/** So many copies of everything that a plan which is right for a handful of rows is wrong here. */
async function makeLarge(database: Database): Promise<void> {
  const numbers = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${COPIES})`;
  for (const table of LARGE.filter((name) => !/^job/.test(name))) {
    const columns = await columnsOf(database, table);
    const values = columns.map((name) => (OWN.includes(name) ? `${name} || '-' || n` : name));
    await queryDatabase(
      database,
      `INSERT INTO ${table} (${columns.join(', ')}) ${numbers}
       SELECT ${values.join(', ')} FROM ${table} CROSS JOIN numbers`,
    );
  }
  // A morning, in which much waits to be heard and to be sent.
  await queryDatabase(database, `UPDATE inbox SET state = 'unheard' WHERE id LIKE '%7'`);
  await queryDatabase(database, `UPDATE messages SET state = 'planned' WHERE id LIKE '%7'`);
  if (database.kind === 'postgres') {
    await queryDatabase(
      database,
      `INSERT INTO pgboss.job (name, data, policy, singleton_key, start_after)
       SELECT 'send-message', '{"runAt": 9000000000000}', 'stately', n::text, now() + interval '1 day'
       FROM generate_series(1, 5000) AS n`,
    );
  } else {
    await queryDatabase(
      database,
      `INSERT INTO jobs ${numbers}
       SELECT 'job-' || n, 'send-message', n, '{}', 100, 'ready', 9000000000000, 0, NULL, '', 0 FROM numbers`,
    );
  }
  await queryDatabase(database, 'ANALYZE');
}

const COPIES = 600;
/** What tells rows apart, or refers to such: changed alike in all tables. */
const OWN = [
  'id',
  'learner_id',
  'asked_id',
  'answer_id',
  'channel_id',
  'lane',
  'value_hash',
  'code_hash',
  'ticket_hash',
];

async function columnsOf(database: Database, table: string): Promise<string[]> {
  const rows = await queryDatabase(
    database,
    database.kind === 'sqlite'
      ? `SELECT name FROM pragma_table_info('${table}')`
      : `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = '${table}'`,
  );
  return rows.map(({ name }) => String(name));
}

/** Each statement that is not exempt and has the database go through a large table from end to end. */
async function scansIn(database: Database, seen: readonly Statement[]): Promise<string[]> {
  const scans: string[] = [];
  const wanted = seen.filter(({ sql }) => !EXEMPT.some((it) => it.sql.test(oneLine(sql))));
  const explain = database.kind === 'sqlite' ? plansInFile(database.file) : await plansOnServer(database.url);
  for (const statement of wanted) {
    for (const how of await explain.walks(statement)) scans.push(`${how}: ${oneLine(statement.sql)}`);
  }
  await explain.close();
  return scans;
}

function oneLine(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim();
}

function plansInFile(file: string) {
  const database = new DatabaseSync(file);
  return {
    async walks({ sql, values }: Statement): Promise<string[]> {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(values as SQLInputValue[]));
      // An alias hides the table's name: whatever is gone through counts, unless it is known to be small.
      return steps
        .map(({ detail }) => String(detail))
        .filter((detail) => {
          const [, name = '', index = ''] = /^SCAN (\S+)(?:.* INDEX (\S+))?/.exec(detail) ?? [];
          const table = new RegExp(`"(\\w+)" as "${name}"`).exec(sql)?.[1] ?? name;
          return LARGE.includes(table) && !SHORT_INDEXES.includes(index);
        });
    },
    async close(): Promise<void> {
      database.close();
    },
  };
}

async function plansOnServer(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Whatever an index can do is done by it: a few thousand rows are quickly gone through, millions are not.
  for (const way of ['seqscan', 'hashjoin', 'mergejoin']) await client.query(`SET enable_${way} = off`);
  return {
    async walks({ sql, values }: Statement): Promise<string[]> {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (FORMAT JSON) ${sql}`,
        [...values],
      );
      return rows.flatMap((row) => walksIn(row['QUERY PLAN'][0].Plan, null));
    },
    close: () => client.end(),
  };
}

type PlanNode = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
};

/** The scan of a bitmap names its index only; the table stands above it. */
function walksIn(node: PlanNode, above: string | null): string[] {
  const table = node['Relation Name'] ?? above;
  const index = node['Index Name'] ?? null;
  const isWalk =
    node['Node Type'] === 'Seq Scan' ||
    (index !== null && node['Index Cond'] === undefined && !SHORT_INDEXES.includes(index));
  const own =
    isWalk && table !== null && LARGE.includes(table) ? [`${node['Node Type']} ${table} ${index ?? ''}`] : [];
  return [...own, ...(node.Plans ?? []).flatMap((child) => walksIn(child, table))];
}

type Reference = { readonly table: string; readonly column: string; readonly isIndexed: boolean };

async function referencesInFile(database: Database): Promise<Reference[]> {
  const rows = await queryDatabase(
    database,
    `SELECT t.name AS "table", f."from" AS "column", EXISTS (
       SELECT 1 FROM pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c
       WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from"
     ) AS found
     FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'`,
  );
  return rows.map((row) => ({
    table: String(row.table),
    column: String(row.column),
    isIndexed: row.found === 1,
  }));
}

async function referencesOnServer(database: Database): Promise<Reference[]> {
  const rows = await queryDatabase(
    database,
    `SELECT c.conrelid::regclass::text AS "table", a.attname AS "column", EXISTS (
       SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL AND i.indkey[0] = c.conkey[1]
     ) AS found
     FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`,
  );
  return rows.map((row) => ({
    table: String(row.table),
    column: String(row.column),
    isIndexed: row.found === true,
  }));
}
