import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, MONDAY_MORNING } from '../test/build/learner.ts';
import { someQuestion } from '../test/build/question.ts';
import { AREAS, type Area, DIFFICULTIES, type Difficulty, GENERAL_AREA } from './areas.ts';
import { type AskedBefore, chooseQuestion, difficultyFor, REST_MS } from './choosing.ts';
import type { Question } from './question.ts';

const NOW = MONDAY_MORNING;
const LATEST_LUCK = 0.999_999_999;

describe('choosing a question', () => {
  it('takes one of the learner’s own area before anything else', () => {
    const bank = [question('dsa-1', 'dsa'), question('js-1', 'javascript'), question('py-1', 'python')];
    expect(choose({ bank, area: 'python', history: [] })).toBe('py-1');
  });

  it('asks everything of the own area once before it repeats anything', () => {
    const own = ['a', 'b', 'c', 'd', 'e'].map((slug) => question(slug, 'ruby'));
    const bank = [...own, question('dsa-1', 'dsa')];
    const asked = askDaily(bank, 'ruby', 5);
    expect(asked.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('goes on with data structures and algorithms when the own area is used up', () => {
    const bank = [
      question('rb-1', 'ruby'),
      question('dsa-1', 'dsa'),
      question('dsa-2', 'dsa'),
      question('js-1', 'javascript'),
    ];
    expect(askDaily(bank, 'ruby', 3).slice(1).toSorted()).toEqual(['dsa-1', 'dsa-2']);
  });

  it('comes back to one of the own area once it has rested for thirty days, before unseen algorithms', () => {
    const bank = [question('rb-1', 'ruby'), question('dsa-1', 'dsa')];
    const history = [asked('rb-1', NOW - 30 * DAYS)];
    expect(choose({ bank, area: 'ruby', history })).toBe('rb-1');
    expect(choose({ bank, area: 'ruby', history: [asked('rb-1', NOW - 30 * DAYS + 1)] })).toBe('dsa-1');
  });

  it('repeats the one asked longest ago when all was seen within thirty days, be it of the own area or general', () => {
    const bank = [question('rb-1', 'ruby'), question('dsa-1', 'dsa')];
    const history = [asked('dsa-1', NOW - 4 * DAYS), asked('rb-1', NOW - 3 * DAYS)];
    expect(choose({ bank, area: 'ruby', history })).toBe('dsa-1');
  });

  it('counts the last time a question was asked, not the first', () => {
    const bank = [question('rb-1', 'ruby'), question('rb-2', 'ruby')];
    const history = [
      asked('rb-1', NOW - 90 * DAYS),
      asked('rb-2', NOW - 40 * DAYS),
      asked('rb-1', NOW - 2 * DAYS),
    ];
    expect(choose({ bank, area: 'ruby', history })).toBe('rb-2');
  });

  it('takes the nearest difficulty when the wanted one is used up', () => {
    const bank = [
      question('hard', 'ruby', 'hard'),
      question('medium', 'ruby', 'medium'),
      question('easy', 'ruby', 'easy'),
    ];
    expect(askDaily(bank, 'ruby', 3)).toEqual(['easy', 'medium', 'hard']);
  });

  it('says in one sentence why, for the record', () => {
    const bank = [question('rb-1', 'ruby', 'medium')];
    const reason = (history: AskedBefore[]) =>
      chooseQuestion({ bank, area: 'ruby', history, now: NOW, luck: 0 })?.reason;
    expect(reason([])).toBe('unseen in ruby, medium (wanted easy)');
    expect(reason([asked('rb-1', NOW - 31 * DAYS)])).toBe('all of ruby seen, this one rested for 30 days');
    expect(reason([asked('rb-1', NOW - 1 * DAYS)])).toBe(
      'everything seen within 30 days, this one longest ago',
    );
  });

  it('gives up only when the bank is empty', () => {
    expect(chooseQuestion({ bank: [], area: 'ruby', history: [], now: NOW, luck: 0 })).toBeNull();
    const elsewhere = [question('py-1', 'python')];
    expect(choose({ bank: elsewhere, area: 'ruby', history: [] })).toBe('py-1');
  });

  it('keeps every rule for any bank, any past and any luck', () => {
    fc.assert(
      fc.property(situation(), (it) => {
        const chosen = chooseQuestion({ ...it, now: NOW })?.question;
        const pool = it.bank.filter((each) => each.area === it.area || each.area === GENERAL_AREA);
        fc.pre(pool.length > 0);
        const lastAsked = (slug: string) =>
          it.history.findLast((before) => before.slug === slug)?.askedAt ?? null;
        const isFree = (each: Question) => (lastAsked(each.slug) ?? 0) <= NOW - REST_MS;
        const own = pool.filter((each) => each.area === it.area);
        const free = own.some(isFree) ? own.filter(isFree) : pool.filter(isFree);
        if (free.length === 0) {
          const oldest = Math.min(...pool.map((each) => lastAsked(each.slug) ?? 0));
          expect(lastAsked(chosen!.slug)).toBe(oldest);
          return;
        }
        expect(free).toContain(chosen);
        // Nothing is repeated while something of the same area has never been seen.
        const unseen = free.filter((each) => each.area === chosen!.area && lastAsked(each.slug) === null);
        if (unseen.length > 0) expect(unseen).toContain(chosen);
      }),
      { numRuns: 1000 },
    );
  });

  it('chooses the same with the same luck', () => {
    fc.assert(
      fc.property(situation(), (it) => {
        expect(chooseQuestion({ ...it, now: NOW })).toEqual(chooseQuestion({ ...it, now: NOW }));
      }),
    );
  });

  it('can reach every unseen question of the wanted difficulty, all with the same chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const bank = Array.from({ length: count }, (_, index) => question(`q${index}`, 'python'));
        const reached = bank.map((_, index) =>
          chooseQuestion({ bank, area: 'python', history: [], now: NOW, luck: (index + 0.5) / count }),
        );
        expect(new Set(reached.map((it) => it?.question.slug)).size).toBe(count);
      }),
    );
  });

  it.each([0, 0.5, LATEST_LUCK])('finds a question with a luck of %d', (luck) => {
    const bank = [question('a', 'ruby'), question('b', 'ruby')];
    expect(chooseQuestion({ bank, area: 'ruby', history: [], now: NOW, luck })).not.toBeNull();
  });
});

describe('the difficulty', () => {
  it.each([
    ['begins easy', [], 'easy'],
    ['stays after one good answer', [0.9], 'easy'],
    ['climbs after two good answers in a row', [0.9, 0.65], 'medium'],
    ['does not climb when a weak one came between', [0.9, 0.1, 0.9], 'easy'],
    ['does not climb when a middling one came between', [0.9, 0.5, 0.9], 'easy'],
    ['takes two more to climb again', [0.9, 0.9, 0.9], 'medium'],
    ['ends at hard', [1, 1, 1, 1, 1, 1, 1, 1], 'hard'],
    ['goes down after two weak answers in a row', [1, 1, 0.34, 0], 'easy'],
    ['goes down only one step at a time', [1, 1, 1, 1, 0, 0], 'medium'],
    ['does not go below easy', [0, 0, 0, 0, 1, 1], 'medium'],
    ['does not count what was skipped', [0.9, null, 0.9], 'medium'],
    ['is unmoved by middling answers', [1, 1, 0.5, 0.5, 0.64, 0.35], 'medium'],
  ] as const)('%s', (_, coverages, difficulty) => {
    expect(
      difficultyFor(coverages.map((coverage, day) => asked(`q${day}`, NOW + day * DAYS, coverage))),
    ).toBe(difficulty);
  });

  it('never moves more than a step from one answer to the next', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1 }),
        (coverages) => {
          const history = coverages.map((coverage, day) => asked(`q${day}`, NOW + day * DAYS, coverage));
          const before = DIFFICULTIES.indexOf(difficultyFor(history.slice(0, -1)));
          const after = DIFFICULTIES.indexOf(difficultyFor(history));
          expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

function situation() {
  const bank = fc
    .array(fc.record({ area: fc.constantFrom(...AREAS), difficulty: fc.constantFrom(...DIFFICULTIES) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((rows) => rows.map((row, index) => question(`q${index}`, row.area, row.difficulty)));
  const history = fc
    .array(
      fc.record({
        index: fc.nat(12),
        // Not only days: right at the thirtieth day lies the rule.
        ageMs: fc.oneof(fc.nat(60 * DAYS), fc.integer({ min: REST_MS - 2, max: REST_MS + 2 })),
        coverage: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      { maxLength: 30 },
    )
    .map((rows) =>
      rows
        .toSorted((one, other) => other.ageMs - one.ageMs)
        .map((row) => asked(`q${row.index}`, NOW - row.ageMs, row.coverage)),
    );
  const luck = fc.double({ min: 0, max: LATEST_LUCK, noNaN: true });
  return fc.record({ bank, history, luck, area: fc.constantFrom(...AREAS) });
}

/** The slugs asked on so many days in a row, answered middlingly. */
function askDaily(bank: readonly Question[], area: Area, days: number): string[] {
  const history: AskedBefore[] = [];
  for (let day = 0; day < days; day++) {
    const now = NOW + day * DAYS;
    const choice = chooseQuestion({ bank, area, history, now, luck: (day * 0.37) % 1 });
    history.push(asked(choice!.question.slug, now, 0.5));
  }
  return history.map((it) => it.slug);
}

function choose(it: {
  bank: readonly Question[];
  area: Area;
  history: readonly AskedBefore[];
}): string | undefined {
  return chooseQuestion({ ...it, now: NOW, luck: 0.5 })?.question.slug;
}

function question(slug: string, area: Area, difficulty: Difficulty = 'easy'): Question {
  return someQuestion({ slug, area, difficulty });
}

function asked(slug: string, askedAt: number, coverage: number | null = null): AskedBefore {
  return { slug, askedAt, coverage };
}
