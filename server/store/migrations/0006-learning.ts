import type { Kysely } from 'kysely';

/** What answers teach: of a learner, what was missing and when it is about to be forgotten; of a question, how hard it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('gaps')
    .addColumn('learner_id', 'text', (it) => it.notNull().references('learners.id').onDelete('cascade'))
    .addColumn('slug', 'text', (it) => it.notNull())
    .addColumn('concept_id', 'text', (it) => it.notNull())
    .addColumn('area', 'text', (it) => it.notNull())
    .addColumn('stability', 'double precision', (it) => it.notNull())
    .addColumn('difficulty', 'double precision', (it) => it.notNull())
    .addColumn('reviewed_at', 'bigint', (it) => it.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('met_in', 'text', (it) => it.notNull())
    .addColumn('before_stability', 'double precision')
    .addColumn('before_difficulty', 'double precision')
    .addColumn('before_reviewed_at', 'bigint')
    .addColumn('before_due_at', 'bigint')
    .addPrimaryKeyConstraint('gaps_key', ['learner_id', 'slug', 'concept_id'])
    .execute();
  await db.schema.createIndex('gaps_due').on('gaps').columns(['learner_id', 'due_at']).execute();

  await db.schema
    .createTable('question_ratings')
    .addColumn('slug', 'text', (it) => it.primaryKey())
    .addColumn('rating', 'double precision', (it) => it.notNull())
    .addColumn('answers', 'integer', (it) => it.notNull())
    .execute();

  await db.schema.alterTable('asked_questions').addColumn('recalls_slug', 'text').execute();
  await db.schema.alterTable('asked_questions').addColumn('recalls_concept', 'text').execute();
}
