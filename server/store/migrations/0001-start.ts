import { type Kysely, sql } from 'kysely';

/** `text`, `bigint`, `smallint` and `double precision` mean the same to SQLite and PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('learners')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('name_sealed', 'text', (it) => it.notNull())
    .addColumn('language', 'text', (it) => it.notNull())
    .addColumn('area', 'text', (it) => it.notNull())
    .addColumn('zone', 'text', (it) => it.notNull())
    .addColumn('ask_minute', 'integer', (it) => it.notNull())
    .addColumn('next_ask_at', 'bigint')
    .addColumn('last_inbound_at', 'bigint')
    .addColumn('last_courtesy_on', 'text')
    .addColumn('stopped_at', 'bigint')
    .addColumn('created_at', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('learners_due')
    .on('learners')
    .column('next_ask_at')
    .where(sql.ref('next_ask_at'), 'is not', null)
    .execute();

  await db.schema
    .createIndex('learners_inactive')
    .on('learners')
    .columns(['state', 'stopped_at'])
    .where(sql.ref('state'), '!=', sql.lit('active'))
    .execute();

  await db.schema
    .createTable('addresses')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('kind', 'text', (it) => it.notNull())
    .addColumn('value_sealed', 'text', (it) => it.notNull())
    .addColumn('value_hash', 'text', (it) => it.notNull().unique())
    .addColumn('created_at', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('addresses_learner').on('addresses').column('learner_id').execute();

  await db.schema
    .createTable('registrations')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('name_sealed', 'text', (it) => it.notNull())
    .addColumn('language', 'text', (it) => it.notNull())
    .addColumn('area', 'text', (it) => it.notNull())
    .addColumn('zone', 'text', (it) => it.notNull())
    .addColumn('ask_minute', 'integer', (it) => it.notNull())
    .addColumn('code_hash', 'text', (it) => it.unique())
    .addColumn('ticket_hash', 'text', (it) => it.notNull().unique())
    .addColumn('created_at', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('registrations_learner')
    .on('registrations')
    .columns(['learner_id', 'created_at'])
    .execute();

  // No reference to the learner: the proof of consent outlives an erasure.
  await db.schema
    .createTable('consents')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull())
    .addColumn('number_hash', 'text', (it) => it.notNull())
    .addColumn('event', 'text', (it) => it.notNull())
    .addColumn('wording_version', 'text')
    .addColumn('language', 'text', (it) => it.notNull())
    .addColumn('channel', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('consents_number').on('consents').columns(['number_hash', 'at']).execute();
  await db.schema.createIndex('consents_learner').on('consents').columns(['learner_id', 'at']).execute();

  await db.schema
    .createTable('asked_questions')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('local_date', 'text', (it) => it.notNull())
    .addColumn('slot', 'integer', (it) => it.notNull())
    .addColumn('slug', 'text', (it) => it.notNull())
    .addColumn('version', 'integer', (it) => it.notNull())
    .addColumn('language', 'text', (it) => it.notNull())
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('shown_at', 'bigint')
    .addColumn('coverage', 'double precision')
    .addColumn('reason', 'text', (it) => it.notNull())
    .addColumn('asked_at', 'bigint', (it) => it.notNull())
    .addUniqueConstraint('one_question_per_learner_date_and_slot', ['learner_id', 'local_date', 'slot'])
    .execute();
  await db.schema
    .createIndex('asked_questions_learner')
    .on('asked_questions')
    .columns(['learner_id', 'asked_at'])
    .execute();

  await db.schema
    .createTable('answers')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('asked_id', 'text', (it) => it.notNull().references('asked_questions.id').onDelete('cascade'))
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('started_at', 'bigint', (it) => it.notNull())
    .addColumn('quiet_until', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('answers_learner')
    .on('answers')
    .columns(['learner_id', 'started_at'])
    .execute();
  // Two answers to one question cannot gather at the same time.
  await db.schema
    .createIndex('answers_gathering')
    .on('answers')
    .column('asked_id')
    .unique()
    .where(sql.ref('state'), '=', sql.lit('gathering'))
    .execute();

  await db.schema
    .createTable('inbox')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('channel_id', 'text', (it) => it.notNull().unique())
    .addColumn('lane', 'text', (it) => it.notNull())
    .addColumn('sender_sealed', 'text', (it) => it.notNull())
    .addColumn('heard_sealed', 'text', (it) => it.notNull())
    .addColumn('about_channel_id', 'text')
    .addColumn('sent_at', 'bigint', (it) => it.notNull())
    .addColumn('received_at', 'bigint', (it) => it.notNull())
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('failures', 'integer', (it) => it.notNull())
    .addColumn('answer_id', 'text', (it) => it.references('answers.id').onDelete('cascade'))
    .addColumn('trace', 'text', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('inbox_unheard')
    .on('inbox')
    .columns(['lane', 'sent_at'])
    .where(sql.ref('state'), '=', sql.lit('unheard'))
    .execute();
  await db.schema.createIndex('inbox_lane').on('inbox').column('lane').execute();
  await db.schema.createIndex('inbox_answer').on('inbox').column('answer_id').execute();

  await db.schema
    .createTable('assessments')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('answer_id', 'text', (it) => it.notNull().references('answers.id').onDelete('cascade'))
    .addColumn('grader', 'text', (it) => it.notNull())
    .addColumn('model', 'text')
    .addColumn('prompt_version', 'text')
    .addColumn('question_version', 'integer', (it) => it.notNull())
    .addColumn('assessment_sealed', 'text', (it) => it.notNull())
    .addColumn('score', 'integer')
    .addColumn('coverage', 'double precision', (it) => it.notNull())
    .addColumn('suspicious', 'smallint', (it) => it.notNull())
    .addColumn('input_tokens', 'integer')
    .addColumn('cached_tokens', 'integer')
    .addColumn('output_tokens', 'integer')
    .addColumn('cost_micro_usd', 'bigint')
    .addColumn('created_at', 'bigint', (it) => it.notNull())
    .addUniqueConstraint('one_assessment_per_answer_and_grader', ['answer_id', 'grader'])
    .execute();

  await db.schema
    .createTable('messages')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('kind', 'text', (it) => it.notNull())
    .addColumn('asked_id', 'text', (it) => it.references('asked_questions.id').onDelete('cascade'))
    .addColumn('outgoing_sealed', 'text', (it) => it.notNull())
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('reason', 'text')
    .addColumn('form', 'text')
    .addColumn('channel_id', 'text', (it) => it.unique())
    .addColumn('attempts', 'integer', (it) => it.notNull())
    .addColumn('doubts', 'integer', (it) => it.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('planned_at', 'bigint', (it) => it.notNull())
    .addColumn('sending_at', 'bigint')
    .addColumn('settled_at', 'bigint')
    .addColumn('failure_code', 'integer')
    .addColumn('price_type', 'text')
    .addColumn('price_category', 'text')
    .addColumn('trace', 'text', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('messages_learner')
    .on('messages')
    .columns(['learner_id', 'planned_at'])
    .execute();
  await db.schema
    .createIndex('messages_waiting')
    .on('messages')
    .columns(['learner_id', 'kind'])
    .where(sql.ref('state'), '=', sql.lit('planned'))
    .execute();

  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('channel_id', 'text', (it) => it.notNull())
    .addColumn('delivery', 'text', (it) => it.notNull())
    .addColumn('news', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .addColumn('applied', 'smallint', (it) => it.notNull())
    .addColumn('received_at', 'bigint', (it) => it.notNull())
    .addUniqueConstraint('each_status_once', ['channel_id', 'delivery'])
    .execute();

  await db.schema
    .createTable('templates')
    .addColumn('name', 'text', (it) => it.notNull())
    .addColumn('language_code', 'text', (it) => it.notNull())
    .addColumn('state', 'text')
    .addColumn('category', 'text')
    .addColumn('reason', 'text')
    .addColumn('changed_at', 'bigint', (it) => it.notNull())
    .addPrimaryKeyConstraint('templates_key', ['name', 'language_code'])
    .execute();

  await db.schema
    .createTable('set_aside')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('why', 'text', (it) => it.notNull())
    .addColumn('item_sealed', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .execute();

  await db.schema
    .createTable('sealing_proof')
    .addColumn('hash', 'text', (it) => it.notNull())
    .execute();

  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (it) => it.primaryKey())
    .addColumn('name', 'text', (it) => it.notNull())
    .addColumn('key', 'text')
    .addColumn('payload', 'text', (it) => it.notNull())
    .addColumn('priority', 'integer', (it) => it.notNull())
    .addColumn('state', 'text', (it) => it.notNull())
    .addColumn('run_at', 'bigint', (it) => it.notNull())
    .addColumn('attempts', 'integer', (it) => it.notNull())
    .addColumn('error', 'text')
    .addColumn('trace', 'text', (it) => it.notNull())
    .addColumn('created_at', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema
    .createIndex('jobs_ready')
    .on('jobs')
    .columns(['name', 'priority', 'run_at'])
    .where(sql.ref('state'), '=', sql.lit('ready'))
    .execute();
  await db.schema
    .createIndex('jobs_waiting_key')
    .on('jobs')
    .columns(['name', 'key'])
    .unique()
    .where(sql<boolean>`state = 'ready' and key is not null`)
    .execute();
}
