import { commandIn } from '../../interview/commands/command-in.ts';
import { localDate } from '../../interview/day.ts';
import type { Heard } from '../../interview/heard.ts';
import { readPayload } from '../../interview/payload.ts';
import type { AskedQuestion, GatheringAnswer, Registration, Scene, Service } from '../../interview/scene.ts';
import { codeIn } from '../../interview/start-code.ts';
import type { Bank } from '../bank.ts';
import { askedById, askedByMessage, askedOn, newestAndOpen } from './asked-questions.ts';
import { findAndLockLearner } from './learners.ts';
import { pendingRegistration, registrationByCode, registrationById } from './registrations.ts';
import type { Reader, Writer } from './store.ts';

/** What a message is about beyond its words: null where nothing was heard (the clock speaks). */
export type HeardNow = {
  readonly heard: Heard;
  readonly saidAt: number;
  readonly aboutChannelId: string | null;
};

/** Loads where we stand with a learner, which nobody else changes meanwhile; null when there is no such learner any more. */
export async function sceneOf(
  db: Writer,
  it: { learnerId: string; now: number; service: Service; bank: Bank; heardNow: HeardNow | null },
): Promise<Scene | null> {
  const { learnerId, now, service, bank, heardNow } = it;
  const learner = await findAndLockLearner(db, learnerId);
  if (learner === null) return null;
  const about = heardNow === null ? null : await questionMeant(db, bank, learnerId, heardNow);
  return {
    now,
    saidAt: heardNow?.saidAt ?? null,
    service,
    learner,
    pending: await pendingRegistration(db, learnerId, now),
    named: heardNow === null ? null : await namedRegistration(db, learnerId, heardNow.heard, now),
    about: about === 'gone' ? null : about,
    aboutGone: about === 'gone',
    ...(await newestAndOpen(db, bank, learnerId, heardNow?.saidAt ?? null)),
    ...(await askedOn(db, learnerId, localDate(now, learner.zone))),
    ...(await unfinishedAnswer(db, bank, learnerId)),
  };
}

async function namedRegistration(
  db: Reader,
  learnerId: string,
  heard: Heard,
  now: number,
): Promise<Registration | null> {
  if (heard.kind === 'tap') {
    const payload = readPayload(heard.payload);
    const names = payload !== null && (payload.act === 'start' || payload.act === 'not_me');
    return names ? registrationById(db, payload.id, learnerId, now) : null;
  }
  const code = heard.kind === 'text' ? codeIn(heard.text) : null;
  const found = code === null ? null : await registrationByCode(db, code, now);
  return found?.learnerId === learnerId ? found.registration : null;
}

async function questionMeant(
  db: Reader,
  bank: Bank,
  learnerId: string,
  { heard, aboutChannelId }: HeardNow,
): Promise<AskedQuestion | 'gone' | null> {
  const payload = heard.kind === 'tap' ? readPayload(heard.payload) : null;
  if (payload !== null) return (await askedById(db, bank, payload.id, learnerId)) ?? 'gone';
  // A command typed as a reply to some message still means the command, about that message's question.
  const quotes = heard.kind === 'text' && commandIn(heard.text) !== 'stop';
  return quotes && aboutChannelId !== null ? askedByMessage(db, bank, aboutChannelId, learnerId) : null;
}

async function unfinishedAnswer(
  db: Reader,
  bank: Bank,
  learnerId: string,
): Promise<{ gathering: GatheringAnswer | null; assessing: boolean }> {
  const row = await db.q
    .selectFrom('answers')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const asked = row?.state === 'gathering' ? await askedById(db, bank, row.asked_id, learnerId) : null;
  return {
    gathering: row === undefined || asked === null ? null : { id: row.id, asked, startedAt: row.started_at },
    assessing: row?.state === 'assessing',
  };
}
