import { describe, expect, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

/** Each step of a learner's day; between any two of them the service is stopped and started on the same file. */
const STEPS: readonly { name: string; does: (ana: Person, world: World) => Promise<void> }[] = [
  { name: 'registers', does: async (ana) => void (await ana.registers()) },
  { name: 'hears the welcome', does: async (ana) => void ana.hears(/Tap Start/) },
  { name: 'taps Start', does: async (ana) => ana.taps('Start') },
  { name: 'hears the first question', does: async (ana) => void ana.hears(/You're in, Ana!/) },
  { name: 'begins an answer', does: async (ana) => ana.says(answerOf(ana).slice(0, 200)) },
  { name: 'goes on with it', does: async (ana) => ana.says(answerOf(ana).slice(200)) },
  { name: 'is quiet', does: async (_ana, world) => world.pass({ seconds: 9 }) },
  { name: 'hears the feedback', does: async (ana) => void ana.hears(/answer/) },
  { name: 'sleeps until nine', does: async (_ana, world) => world.itIs('Tuesday 09:00', 'UTC') },
  { name: 'hears Tuesday’s question', does: async (ana) => void ana.hears(/JavaScript/) },
  { name: 'says STOP', does: async (ana) => ana.says('stop') },
  { name: 'hears the confirmation', does: async (ana) => void ana.hears(/no more messages/) },
  { name: 'is left alone', does: async (_ana, world) => world.pass({ days: 1 }) },
  { name: 'hears nothing', does: async (ana) => ana.hearsNothing() },
];

describe('a day', () => {
  it.each(STEPS.map((step, index) => ({ ...step, index })))(
    'survives a restart before the learner $name',
    async ({ index }) => {
      const world = await openWorld({ startsAt: '2026-11-30T20:00:00Z' });
      try {
        const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
        for (const [at, step] of STEPS.entries()) {
          if (at === index) await world.restart();
          await step.does(ana, world);
          if (step.name === 'sleeps until nine') await world.pass({ seconds: 1 });
        }
        expect(ana.phone.messages.filter((message) => message.from === 'bot')).toHaveLength(5);
      } finally {
        await world.close();
      }
    },
  );
});

function answerOf(ana: Person): string {
  const question = ana.phone.messages.find(
    (message) => message.from === 'bot' && message.text.includes("You're in"),
  );
  if (question === undefined) throw new Error('There is no question to answer');
  return ana.questionIn(question).modelAnswer;
}
