import { type Kysely, sql } from 'kysely';

/** What standing still, waiting and counting need, so that a restart forgets none of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // SQLite adds one column at a time.
  await db.schema.alterTable('messages').addColumn('held_for', 'text').execute();
  await db.schema.alterTable('messages').addColumn('template', 'text').execute();
  await db.schema
    .createIndex('messages_held')
    .on('messages')
    .columns(['held_for', 'planned_at'])
    .where(sql<boolean>`held_for is not null`)
    .execute();

  await db.schema
    .alterTable('templates')
    .addColumn('category_at', 'bigint', (it) => it.notNull().defaultTo(0))
    .execute();

  await db.schema.alterTable('learners').addColumn('unreachable_since', 'bigint').execute();
  await db.schema.alterTable('learners').addColumn('withheld_until', 'bigint').execute();
  await db.schema.alterTable('learners').addColumn('slowed_until', 'bigint').execute();
  await db.schema
    .createIndex('learners_unreachable')
    .on('learners')
    .column('unreachable_since')
    .where(sql<boolean>`unreachable_since is not null`)
    .execute();

  await db.schema
    .createTable('undeliverable_days')
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('local_date', 'text', (it) => it.notNull())
    .addPrimaryKeyConstraint('undeliverable_days_key', ['learner_id', 'local_date'])
    .execute();

  // No reference to the learner: Meta counts a person who was erased since all the same.
  await db.schema
    .createTable('initiated_contacts')
    .addColumn('learner_id', 'text', (it) => it.primaryKey())
    .addColumn('last_at', 'bigint', (it) => it.notNull())
    .addColumn('waiting_since', 'bigint')
    .execute();
  await db.schema.createIndex('initiated_contacts_at').on('initiated_contacts').column('last_at').execute();
  await db.schema
    .createIndex('initiated_contacts_waiting')
    .on('initiated_contacts')
    .columns(['waiting_since', 'learner_id'])
    .where(sql<boolean>`waiting_since is not null`)
    .execute();

  await db.schema
    .createTable('stoppages')
    .addColumn('scope', 'text', (it) => it.primaryKey())
    .addColumn('code', 'integer')
    .addColumn('sentence', 'text', (it) => it.notNull())
    .addColumn('seen_in', 'text', (it) => it.notNull())
    .addColumn('opened_at', 'bigint', (it) => it.notNull())
    .addColumn('probe_at', 'bigint', (it) => it.notNull())
    .addColumn('probes', 'integer', (it) => it.notNull())
    .addColumn('probe_message_id', 'text')
    .execute();

  await db.schema
    .createTable('troubles')
    .addColumn('cause', 'text', (it) => it.primaryKey())
    .addColumn('about', 'text', (it) => it.notNull())
    .addColumn('sentence', 'text', (it) => it.notNull())
    .addColumn('detail', 'text')
    .addColumn('raised_at', 'bigint', (it) => it.notNull())
    .addColumn('ends_at', 'bigint')
    .execute();

  await db.schema
    .createTable('account_facts')
    .addColumn('fact', 'text', (it) => it.primaryKey())
    .addColumn('value', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .execute();

  await db.schema
    .createTable('billed_messages')
    .addColumn('month', 'text', (it) => it.notNull())
    .addColumn('type', 'text', (it) => it.notNull())
    .addColumn('category', 'text', (it) => it.notNull())
    .addColumn('count', 'bigint', (it) => it.notNull())
    .addPrimaryKeyConstraint('billed_messages_key', ['month', 'type', 'category'])
    .execute();
}
