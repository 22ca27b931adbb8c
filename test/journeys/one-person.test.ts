import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

const NUMBER = '15550100199';
/** Another number that reaches the same phone: only WhatsApp knows. */
const ALSO = '15550100155';
const DAY_MS = 24 * 60 * 60 * 1000;

type Shown = 'both' | 'phone-only' | 'bsuid-only';
type Step =
  | { readonly does: 'register'; readonly as: string }
  | { readonly does: 'send the code' | 'say hello' | 'say stop' | 'tap start'; readonly shows: Shown }
  | { readonly does: 'wait'; readonly hours: number };

const shows = fc.constantFrom<Shown>('both', 'phone-only', 'bsuid-only');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('register' as const), as: fc.constantFrom(NUMBER, ALSO) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('send the code' as const), shows }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('say hello' as const, 'tap start' as const), shows }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('say stop' as const), shows }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.constantFrom(2, 26) }) },
);

describe('one person with a number and an id, whatever comes first', () => {
  it('is one learner in the end, asked at most once a date, and left alone after STOP', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const world = await openWorld();
        try {
          await live(world, steps);
        } finally {
          await world.close();
        }
      }),
      { seed: 20261124, numRuns: inject('database') === 'sqlite' ? 25 : 4 },
    ));

  const known: readonly (readonly [string, readonly Step[]])[] = [
    [
      'a code from the id, then the number',
      [
        { does: 'register', as: ALSO },
        { does: 'send the code', shows: 'bsuid-only' },
      ],
    ],
    [
      'STOP as a stranger, before the number is known to be theirs',
      [
        { does: 'say stop', shows: 'bsuid-only' },
        { does: 'register', as: NUMBER },
      ],
    ],
    [
      'two records, one of which said STOP',
      [
        { does: 'register', as: NUMBER },
        { does: 'tap start', shows: 'phone-only' },
        { does: 'register', as: NUMBER },
        { does: 'send the code', shows: 'bsuid-only' },
        { does: 'say stop', shows: 'phone-only' },
      ],
    ],
    [
      'two active records on one date',
      [
        { does: 'register', as: NUMBER },
        { does: 'tap start', shows: 'phone-only' },
        { does: 'register', as: NUMBER },
        { does: 'send the code', shows: 'bsuid-only' },
      ],
    ],
  ];

  it.each(known)('%s', async (_story, steps) => {
    const world = await openWorld();
    try {
      await live(world, steps);
    } finally {
      await world.close();
    }
  });
});

async function live(world: World, steps: readonly Step[]): Promise<void> {
  const ana = world.learner('Ana', { number: NUMBER, language: 'en', alsoReachedAs: [ALSO] });
  let code = 'START';
  let lastWord: 'yes' | 'stop' | null = null;
  for (const step of steps) {
    await world.pass({ minutes: 1 });
    if ('shows' in step) world.emulator.phone(NUMBER, { name: 'Ana', identity: step.shows });
    switch (step.does) {
      case 'register':
        code =
          new URL(
            String((await ana.registers({ whatsapp_number: `+${step.as}` })).body.whatsapp_link),
          ).searchParams.get('text') ?? code;
        break;
      case 'send the code':
        lastWord = 'yes';
        await ana.says(code);
        break;
      case 'tap start':
        lastWord = 'yes';
        if (ana.phone.messages.some((it) => it.buttons.some(({ title }) => title === 'Start')))
          await ana.taps('Start');
        break;
      case 'say stop':
        lastWord = 'stop';
        await ana.says('stop');
        break;
      case 'say hello':
        await ana.says('hello');
        break;
      case 'wait':
        await world.pass({ hours: step.hours });
        break;
    }
  }

  await world.pass({ minutes: 1 });
  world.emulator.phone(NUMBER, { name: 'Ana', identity: 'both' });
  await ana.says('hello');
  const known = world.now;
  expect(await world.count('learners')).toBeLessThanOrEqual(1);
  const heard = textsOf(ana).length;
  await world.pass({ days: 3 });
  if (lastWord === 'stop') expect(textsOf(ana).slice(heard)).toEqual([]);
  expectOneQuestionADate(ana, known);
}

function textsOf(person: Person): string[] {
  return person.phone.messages.filter((message) => message.from === 'bot').map((message) => message.text);
}

/** From the moment at which it is known that both are one: what was asked earlier on that date counts. */
function expectOneQuestionADate(person: Person, known: number): void {
  const asked = person.phone.messages.filter(
    (message) => message.from === 'bot' && message.buttons.some(({ title }) => title === 'Skip'),
  );
  const dayOf = (at: number) => Math.floor(at / DAY_MS);
  for (const question of asked.filter((it) => it.at > known)) {
    expect(asked.filter((it) => dayOf(it.at) === dayOf(question.at))).toEqual([question]);
  }
}
