import { describe, expect, it } from 'vitest';
import { HOURS, MINUTES, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someQuestion } from '../../test/build/question.ts';
import { someService } from '../../test/build/scene.ts';
import { someStore } from '../../test/build/store.ts';
import { createBank } from '../bank.ts';
import { createLearner } from './learners.ts';
import { sceneOf } from './scene-of.ts';
import { newId } from './store.ts';

const NOW = MONDAY_MORNING;

describe('the question that a message is about', () => {
  it.each([
    ['a tap', { kind: 'tap', title: 'Hint' }],
    ['a quote', { kind: 'text', text: 'Why is that so?' }],
  ] as const)('is gone when it has left the bank: %s', async (_how, heard) => {
    const it = await asked([{ id: 'old', slug: 'retired', at: NOW - HOURS }]);
    const said = heard.kind === 'tap' ? { ...heard, payload: 'hint:old' } : heard;
    expect(await it.sceneWhen(NOW, said, 'wamid.old')).toMatchObject({ about: null, aboutGone: true });
  });

  it('is gone when it was somebody else’s', async () => {
    const it = await asked([]);
    const tap = { kind: 'tap', payload: 'hint:theirs', title: 'Hint' } as const;
    expect(await it.sceneWhen(NOW, tap, null)).toMatchObject({ about: null, aboutGone: true });
  });

  it('is none when a message of ours without a question is quoted', async () => {
    const it = await asked([]);
    const text = { kind: 'text', text: 'Thanks' } as const;
    expect(await it.sceneWhen(NOW, text, 'wamid.unknown')).toMatchObject({ about: null, aboutGone: false });
  });
});

describe('the open question', () => {
  const text = { kind: 'text', text: 'An answer' } as const;

  it('is the one that was there when the message was said', async () => {
    const it = await asked([
      { id: 'first', slug: 'js-closure', at: NOW - 24 * HOURS },
      { id: 'second', slug: 'js-closure', at: NOW },
    ]);
    expect(await it.sceneWhen(NOW - HOURS, text, null)).toMatchObject({
      open: { id: 'first' },
      askedSince: true,
    });
    expect(await it.sceneWhen(NOW + MINUTES, text, null)).toMatchObject({
      open: { id: 'second' },
      askedSince: false,
    });
  });

  it('may be younger than the message by as much as two clocks differ', async () => {
    const it = await asked([{ id: 'first', slug: 'js-closure', at: NOW }]);
    expect(await it.sceneWhen(NOW - 2 * MINUTES, text, null)).toMatchObject({ open: { id: 'first' } });
    expect(await it.sceneWhen(NOW - 3 * MINUTES, text, null)).toMatchObject({ open: null, askedSince: true });
  });
});

async function asked(questions: readonly { id: string; slug: string; at: number }[]) {
  const store = await someStore();
  const learnerId = newId();
  await store.transact(async (tx) => {
    await createLearner(tx, { id: learnerId, preferences: somePreferences(), now: NOW - 48 * HOURS });
    for (const [slot, { id, slug, at }] of questions.entries()) {
      await tx.q
        .insertInto('asked_questions')
        .values({
          ...{ id, slug, learner_id: learnerId, local_date: '2026-11-23', slot, version: 1, language: 'en' },
          ...{ state: 'asked', shown_at: at, coverage: null, reason: 'a test', asked_at: at },
        })
        .execute();
      const messageId = newId();
      await tx.q
        .insertInto('messages')
        .values({
          ...{ id: messageId, learner_id: learnerId, kind: 'question', asked_id: id, outgoing_sealed: '' },
          ...{ state: 'read', reason: null, held_for: null, form: 'free', template: null },
          ...{ channel_id: `wamid.${id}`, attempts: 1, doubts: 0, expires_at: null, planned_at: at },
          ...{ sending_at: at, settled_at: at, failure_code: null, price_type: null, price_category: null },
          trace: messageId,
        })
        .execute();
    }
  });
  return {
    sceneWhen: (
      saidAt: number,
      heard: { kind: 'text'; text: string } | { kind: 'tap'; payload: string; title: string },
      aboutChannelId: string | null,
    ) =>
      store.transact((tx) =>
        sceneOf(tx, {
          learnerId,
          now: NOW + HOURS,
          service: someService(),
          bank: createBank([someQuestion()]),
          heardNow: { heard, saidAt, aboutChannelId },
        }),
      ),
  };
}
