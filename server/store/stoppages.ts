import type { Failure } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import type { Reader, Writer } from './store.ts';
import type { HeldFor, StoppageScope, StoppagesTable, TemplateGroup } from './tables.ts';
import { endTrouble, raiseTrouble } from './troubles.ts';

const MINUTES = 60 * 1000;

/** Sending stands still in this scope. Once `probe_at` has passed, one message may try whether it is over. */
export type Stoppage = StoppagesTable;

/** Usually none. */
export function openStoppages(db: Reader): Promise<Stoppage[]> {
  return db.q.selectFrom('stoppages').selectAll().execute();
}

/**
 * A refusal that every message in this scope would meet: nothing more is tried there until somebody has mended the
 * cause. `messageId` is the message that was refused: when it was the one that tried, the next try waits longer.
 */
export async function openStoppage(
  tx: Writer,
  it: {
    scope: StoppageScope;
    failure: Pick<Failure, 'code' | 'sentence' | 'detail'>;
    seenIn: 'answer' | 'status';
    messageId: string | null;
    events: Events;
    now: number;
  },
): Promise<void> {
  const { scope, failure, events, now } = it;
  const open = await tx.q.selectFrom('stoppages').selectAll().where('scope', '=', scope).executeTakeFirst();
  if (open === undefined) {
    await tx.q
      .insertInto('stoppages')
      .values({
        scope,
        code: failure.code,
        sentence: failure.sentence,
        seen_in: it.seenIn,
        opened_at: now,
        probe_at: now + probeAfterMs(0),
        probes: 0,
        probe_message_id: null,
      })
      .execute();
  } else if (open.probe_message_id === it.messageId && it.messageId !== null) {
    const probes = open.probes + 1;
    await tx.q
      .updateTable('stoppages')
      .set({
        // The cause may have changed meanwhile: the newest word is the one to mend.
        code: failure.code,
        sentence: failure.sentence,
        seen_in: it.seenIn,
        probes,
        probe_at: now + probeAfterMs(probes),
        probe_message_id: null,
      })
      .where('scope', '=', scope)
      .execute();
  }
  const { sentence, detail } = failure;
  const trouble = { cause: causeOf(scope), about: 'sending', sentence, detail, endsAt: null };
  await raiseTrouble(tx, events, trouble, now);
}

/** This message tries. Nobody else does until it has had time to succeed. */
export async function claimProbe(
  tx: Writer,
  it: { stoppage: Stoppage; messageId: string; now: number },
): Promise<void> {
  await tx.q
    .updateTable('stoppages')
    .set({ probe_message_id: it.messageId, probe_at: it.now + probeAfterMs(it.stoppage.probes) })
    .where('scope', '=', it.stoppage.scope)
    .execute();
}

/** The message that tried got through: what was seen in answers is over when a call is accepted, the rest when it left Meta. */
export async function probeSucceeded(
  tx: Writer,
  it: { messageId: string; seenIn: 'answer' | 'status'; leave: LeaveJob },
): Promise<void> {
  const probed = await tx.q
    .selectFrom('stoppages')
    .select('scope')
    .where('probe_message_id', '=', it.messageId)
    .where('seen_in', '=', it.seenIn)
    .execute();
  for (const { scope } of probed) await closeStoppage(tx, it.leave, scope);
}

/** Sending goes on: whatever was held for it is let go. */
export async function closeStoppage(tx: Writer, leave: LeaveJob, scope: StoppageScope): Promise<void> {
  await tx.q.deleteFrom('stoppages').where('scope', '=', scope).execute();
  await endTrouble(tx, causeOf(scope));
  const heldFor = waitingFor(scope);
  await leave(tx, 'release-held', { heldFor }, { key: heldFor });
}

/** What messages wait for when this scope stands still: for one of their templates they wait for any of them. */
export function waitingFor(scope: StoppageScope): HeldFor {
  if (!isTemplateScope(scope)) return scope;
  const [, name = '', languageCode = ''] = scope.split(':');
  return templateGroup(name, languageCode);
}

/** Templates that stand in for each other: what brings a question in one language. */
export function templateGroup(name: string, languageCode: string): TemplateGroup {
  return `${name === 'welcome' ? 'welcome' : 'question'}-template:${languageCode.slice(0, 2)}`;
}

function isTemplateScope(scope: StoppageScope): scope is `template:${string}` {
  return scope.startsWith('template:');
}

function causeOf(scope: StoppageScope): string {
  return `stoppage:${scope}`;
}

/** 1, 2, 4, 8 and then every 15 minutes: soon after a quick mend, and never a second wave of refusals. */
function probeAfterMs(probes: number): number {
  return Math.min(15 * MINUTES, 1 * MINUTES * 2 ** probes);
}
