import { type Kysely, sql } from 'kysely';

/** Years of data are as quick to work on as a day's: nothing is looked for in a whole table, and what is old is found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Whoever deletes a question has the database look for what refers to it.
  await db.schema.createIndex('answers_asked').on('answers').column('asked_id').execute();
  await db.schema.createIndex('messages_asked').on('messages').column('asked_id').execute();

  await db.schema
    .createIndex('messages_expiring')
    .on('messages')
    .column('expires_at')
    .where(sql<boolean>`held_for is not null`)
    .execute();
  await db.schema
    .createIndex('jobs_dead')
    .on('jobs')
    .column('run_at')
    .where(sql<boolean>`state = 'dead'`)
    .execute();

  // What is dropped by its age.
  await db.schema
    .createIndex('messages_with_words')
    .on('messages')
    .column('planned_at')
    .where(sql<boolean>`outgoing_sealed <> ''`)
    .execute();
  await db.schema.createIndex('inbox_received').on('inbox').column('received_at').execute();
  await db.schema
    .createIndex('inbox_strangers')
    .on('inbox')
    .column('received_at')
    .where(sql<boolean>`as_stranger = 1`)
    .execute();
  await db.schema.createIndex('deliveries_received').on('deliveries').column('received_at').execute();
  await db.schema.createIndex('answers_started').on('answers').column('started_at').execute();
  await db.schema.createIndex('registrations_created').on('registrations').column('created_at').execute();
}
