import type { Selectable } from 'kysely';
import { type Area, GENERAL_AREA } from '../../interview/areas.ts';
import type { ConceptRef } from '../../interview/kinship.ts';
import type { Reader, Writer } from './store.ts';
import type { GapsTable } from './tables.ts';

const DAYS = 24 * 60 * 60 * 1000;

/**
 * Something that was missing in an answer, and how well it is remembered by now: `stability` is the number of days
 * after which nine of ten people still know it, by the free spaced repetition scheduler (FSRS).
 */
export type Gap = {
  readonly concept: ConceptRef;
  readonly stability: number;
  readonly difficulty: number;
  /** Epoch milliseconds. */
  readonly reviewedAt: number;
  /** When it is about to be forgotten. */
  readonly dueAt: number;
};

/**
 * So many are looked at when a question is chosen. The most urgent are often those for which no question is left: with
 * ten, somebody whose area is used up would hardly get anything back.
 */
export const MOST_FADING = 50;

/** What a learner is about to forget and a question of that area, or of the general one, could bring back. */
export async function fadingConcepts(
  db: Reader,
  it: { learnerId: string; area: Area; now: number },
): Promise<ConceptRef[]> {
  const rows = await db.q
    .selectFrom('gaps')
    .select(['slug', 'concept_id'])
    .where('learner_id', '=', it.learnerId)
    .where('due_at', '<=', it.now)
    .where('area', 'in', [it.area, GENERAL_AREA])
    .orderBy('due_at')
    .orderBy('slug')
    .orderBy('concept_id')
    .limit(MOST_FADING)
    .execute();
  return rows.map((row) => ({ slug: row.slug, conceptId: row.concept_id }));
}

/** A gap as it is kept: what it is now, what it was before the answer that changed it last, and whose answer that was. */
export type KeptGap = {
  readonly concept: ConceptRef;
  /** Null: closed. */
  readonly now: Gap | null;
  /** Null: there was none. */
  readonly before: Gap | null;
  /** The id of the asked question. */
  readonly metIn: string;
};

/** Every gap of a learner, and those that were closed lately. */
export async function gapsOf(db: Reader, learnerId: string): Promise<KeptGap[]> {
  const rows = await db.q.selectFrom('gaps').selectAll().where('learner_id', '=', learnerId).execute();
  return rows.map(keptFrom);
}

/** What an answer made of a gap. */
export async function writeGap(
  tx: Writer,
  it: {
    learnerId: string;
    area: Area;
    metIn: string;
    before: Gap | null;
    after: Gap;
    isClosed: boolean;
  },
): Promise<void> {
  const { before, after } = it;
  await upsert(tx, {
    learner_id: it.learnerId,
    slug: after.concept.slug,
    concept_id: after.concept.conceptId,
    area: it.area,
    stability: after.stability,
    difficulty: after.difficulty,
    reviewed_at: after.reviewedAt,
    due_at: it.isClosed ? null : after.dueAt,
    met_in: it.metIn,
    before_stability: before?.stability ?? null,
    before_difficulty: before?.difficulty ?? null,
    before_reviewed_at: before?.reviewedAt ?? null,
    before_due_at: before?.dueAt ?? null,
  });
}

/** It was none after all. */
export async function dropGap(tx: Writer, learnerId: string, concept: ConceptRef): Promise<void> {
  await tx.q
    .deleteFrom('gaps')
    .where('learner_id', '=', learnerId)
    .where('slug', '=', concept.slug)
    .where('concept_id', '=', concept.conceptId)
    .execute();
}

/** For longer than an answer may be graded again. */
const CLOSED_STAY_MS = 3 * DAYS;

/** A closed gap is kept only for the case that the answer which closed it is graded again. */
export async function forgetClosedGaps(tx: Writer, learnerId: string, now: number): Promise<void> {
  await tx.q
    .deleteFrom('gaps')
    .where('learner_id', '=', learnerId)
    .where('due_at', 'is', null)
    .where('reviewed_at', '<', now - CLOSED_STAY_MS)
    .execute();
}

/** Of what two records of one person both have, what was met last counts. */
export async function moveGaps(tx: Writer, { kept, gone }: { kept: string; gone: string }): Promise<void> {
  const rows = await tx.q.selectFrom('gaps').selectAll().where('learner_id', '=', gone).execute();
  const ours = await tx.q.selectFrom('gaps').selectAll().where('learner_id', '=', kept).execute();
  const metAt = new Map(ours.map((row) => [keyOf(row), row.reviewed_at]));
  for (const row of rows) {
    if ((metAt.get(keyOf(row)) ?? 0) < row.reviewed_at) await upsert(tx, { ...row, learner_id: kept });
  }
}

async function upsert(tx: Writer, row: GapsTable): Promise<void> {
  await tx.q
    .insertInto('gaps')
    .values(row)
    .onConflict((oc) => oc.columns(['learner_id', 'slug', 'concept_id']).doUpdateSet(row))
    .execute();
}

function keptFrom(row: Selectable<GapsTable>): KeptGap {
  const concept = { slug: row.slug, conceptId: row.concept_id };
  const { before_stability, before_difficulty, before_reviewed_at, before_due_at } = row;
  const had =
    before_stability !== null &&
    before_difficulty !== null &&
    before_reviewed_at !== null &&
    before_due_at !== null;
  return {
    concept,
    now:
      row.due_at === null
        ? null
        : {
            concept,
            stability: row.stability,
            difficulty: row.difficulty,
            reviewedAt: row.reviewed_at,
            dueAt: row.due_at,
          },
    before: had
      ? {
          concept,
          stability: before_stability,
          difficulty: before_difficulty,
          reviewedAt: before_reviewed_at,
          dueAt: before_due_at,
        }
      : null,
    metIn: row.met_in,
  };
}

function keyOf({ slug, concept_id }: Selectable<GapsTable>): string {
  return `${slug} ${concept_id}`;
}
