import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, MONDAY_MORNING } from '../test/build/learner.ts';
import { someConcept, someQuestion } from '../test/build/question.ts';
import { AREAS, type Area, DIFFICULTIES, GENERAL_AREA } from './areas.ts';
import { type AskedBefore, type Choosing, chooseQuestion, levelIn, REST_MS } from './choosing.ts';
import { type ConceptRef, kinshipOf } from './kinship.ts';
import { ratingFor, STARTING_LEVEL, WANTED_SUCCESS } from './level.ts';
import type { Question } from './question.ts';

const NOW = MONDAY_MORNING;
const LATEST_LUCK = 0.999_999_999;

describe('what is asked', () => {
  it('is unseen and of the learner’s own area before anything else', () => {
    const bank = [question('dsa-1', 'dsa'), question('js-1', 'javascript'), question('py-1', 'python')];
    expect(choose({ bank, area: 'python' })).toBe('py-1');
  });

  it('is everything of the own area, then everything of data structures and algorithms, before any repeat', () => {
    const bank = [
      ...['a', 'b', 'c'].map((slug) => question(slug, 'ruby')),
      ...['x', 'y'].map((slug) => question(slug, 'dsa')),
      question('js-1', 'javascript'),
    ];
    const asked = askDaily(bank, 'ruby', 5);
    expect(asked.slice(0, 3).toSorted()).toEqual(['a', 'b', 'c']);
    expect(asked.slice(3).toSorted()).toEqual(['x', 'y']);
  });

  it('is unseen even where something of the own area has rested for long', () => {
    const bank = [question('rb-1', 'ruby'), question('dsa-1', 'dsa')];
    expect(choose({ bank, area: 'ruby', history: [asked('rb-1', NOW - 300 * DAYS)] })).toBe('dsa-1');
  });

  it('comes back after thirty days and no earlier, the own area first', () => {
    const bank = [question('rb-1', 'ruby'), question('dsa-1', 'dsa')];
    const oldDsa = asked('dsa-1', NOW - 40 * DAYS);
    const rested = [oldDsa, asked('rb-1', NOW - REST_MS)];
    expect(choose({ bank, area: 'ruby', history: rested })).toBe('rb-1');
    const tired = [oldDsa, asked('rb-1', NOW - REST_MS + 1)];
    expect(choose({ bank, area: 'ruby', history: tired })).toBe('dsa-1');
  });

  it('comes back from the half that was asked longest ago', () => {
    const slugs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const bank = slugs.map((slug) => question(slug, 'ruby'));
    const history = slugs.map((slug, index) => asked(slug, NOW - (90 - index) * DAYS));
    const reached = [0, LATEST_LUCK].map((luck) => choose({ bank, area: 'ruby', history, luck }));
    expect(reached).toEqual(['a', 'd']);
  });

  it('is what was asked longest ago where all was seen within thirty days, be it of the own area or general', () => {
    const bank = [question('rb-1', 'ruby'), question('dsa-1', 'dsa')];
    const history = [asked('dsa-1', NOW - 4 * DAYS), asked('rb-1', NOW - 3 * DAYS)];
    expect(choose({ bank, area: 'ruby', history })).toBe('dsa-1');
  });

  it('counts the last time it was asked, not the first', () => {
    const bank = [question('rb-1', 'ruby'), question('rb-2', 'ruby')];
    const history = [
      asked('rb-1', NOW - 90 * DAYS),
      asked('rb-2', NOW - 40 * DAYS),
      asked('rb-1', NOW - 2 * DAYS),
    ];
    expect(choose({ bank, area: 'ruby', history })).toBe('rb-2');
  });

  it('is nothing only when the bank is empty', () => {
    expect(chosen({ bank: [], area: 'ruby' })).toBeNull();
    expect(choose({ bank: [question('py-1', 'python')], area: 'ruby' })).toBe('py-1');
  });

  it('keeps these rules for any bank, any past, anything missing and any luck', () => {
    fc.assert(
      fc.property(situation(), (it) => {
        const pool = it.bank.filter((each) => each.area === it.area || each.area === GENERAL_AREA);
        fc.pre(pool.length > 0);
        const found = chosen(it)?.question;
        expect(pool).toContain(found);
        const lastAsked = (each: Question) =>
          it.history.findLast((before) => before.slug === each.slug)?.askedAt ?? null;
        const mine = (questions: readonly Question[]) => {
          const own = questions.filter((each) => each.area === it.area);
          return own.length > 0 ? own : questions;
        };
        const unseen = pool.filter((each) => lastAsked(each) === null);
        const rested = pool.filter((each) => (lastAsked(each) ?? 0) <= NOW - REST_MS);
        if (unseen.length > 0) expect(mine(unseen)).toContain(found);
        else if (rested.length > 0) expect(mine(rested)).toContain(found);
        else expect(lastAsked(found!)).toBe(Math.min(...pool.map((each) => lastAsked(each) ?? 0)));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same with the same luck', () => {
    fc.assert(
      fc.property(situation(), (it) => {
        expect(chosen(it)).toEqual(chosen(it));
      }),
    );
  });
});

describe('how hard it is', () => {
  it('begins easy, climbs with good answers and falls with poor ones', () => {
    const bank = DIFFICULTIES.flatMap((difficulty) =>
      Array.from({ length: 40 }, (_, index) =>
        question(`${difficulty}-${index}`, 'ruby', { difficulty, topic: `topic-${index}` }),
      ),
    );
    const kindOf = (slug: string | undefined) => slug?.split('-')[0];
    expect(kindOf(choose({ bank, area: 'ruby', luck: LATEST_LUCK }))).toBe('easy');
    const good = askDaily(bank, 'ruby', 20, 0.95);
    expect(good.slice(0, 2).map(kindOf)).toEqual(['easy', 'easy']);
    expect(kindOf(good.at(-1))).toBe('hard');
    expect(kindOf(askDaily(bank, 'ruby', 20, 0.2).at(-1))).toBe('easy');
  });

  it('is what comes nearest to knowing three quarters of it, by what answers have taught of the questions', () => {
    const wanted = ratingFor(STARTING_LEVEL, WANTED_SUCCESS);
    const bank = Array.from({ length: 30 }, (_, index) => question(`q${index}`, 'ruby'));
    const ratings = new Map(bank.map(({ slug }, index) => [slug, wanted + 20 * (index - 15)]));
    const reached = [0, 0.25, 0.5, 0.75, LATEST_LUCK].map((luck) =>
      choose({ bank, area: 'ruby', ratings, luck }),
    );
    for (const slug of reached)
      expect(Math.abs((ratings.get(slug ?? '') ?? 0) - wanted)).toBeLessThanOrEqual(80);
    expect(new Set(reached).size).toBeGreaterThan(3);
  });

  it('gives questions that are equally near the same chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const bank = Array.from({ length: count }, (_, index) => question(`q${index}`, 'python'));
        const reached = bank.map((_, index) => choose({ bank, area: 'python', luck: (index + 0.5) / count }));
        expect(new Set(reached).size).toBe(count);
      }),
    );
  });

  it('is judged by what was answered in that area only, and not by what was skipped', () => {
    const bank = [question('rb-1', 'ruby'), question('rb-2', 'ruby'), question('dsa-1', 'dsa')];
    const history = [asked('dsa-1', NOW, 1), asked('rb-1', NOW), asked('gone', NOW, 1)];
    const level = (area: Area, past: readonly AskedBefore[]) =>
      levelIn(area, { bank, history: past, ratings: new Map() });
    expect(level('ruby', history)).toBe(STARTING_LEVEL);
    expect(level('dsa', history)).toBeGreaterThan(STARTING_LEVEL);
  });
});

describe('a topic', () => {
  it('rests for three questions', () => {
    const topics = ['a', 'b', 'c', 'd'];
    const bank = topics.flatMap((topic) =>
      Array.from({ length: 6 }, (_, index) => question(`${topic}-${index}`, 'ruby', { topic })),
    );
    const order = askDaily(bank, 'ruby', 16).map((slug) => slug.split('-')[0]);
    for (let at = 0; at + 4 <= order.length; at++) expect(new Set(order.slice(at, at + 4)).size).toBe(4);
  });

  it('comes again when there is no other', () => {
    const bank = ['a', 'b', 'c'].map((slug) => question(slug, 'ruby', { topic: 'one' }));
    expect(askDaily(bank, 'ruby', 3).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('of another area is another topic', () => {
    const bank = [
      question('dsa-arrays', 'dsa', { topic: 'arrays' }),
      question('dsa-trees', 'dsa', { topic: 'trees' }),
      question('rb-arrays', 'ruby', { topic: 'arrays' }),
    ];
    const history = [asked('rb-arrays', NOW - DAYS)];
    const reached = [0, LATEST_LUCK].map((luck) => choose({ bank, area: 'ruby', history, luck }));
    expect(reached).toEqual(['dsa-arrays', 'dsa-trees']);
  });
});

describe('what was missing', () => {
  const missed: ConceptRef = { slug: 'missed', conceptId: 'idea' };
  const before = question('missed', 'ruby', { topic: 'blocks', concepts: [saying('yield')] });
  const naming = question('naming', 'ruby', {
    topic: 'procs',
    difficulty: 'hard',
    concepts: [saying('Yield!')],
  });
  const sameTopic = question('same-topic', 'ruby', { topic: 'blocks', concepts: [saying('arity')] });
  const other = question('other', 'ruby', { topic: 'hashes', concepts: [saying('default')] });
  const bank = [before, sameTopic, naming, other];
  const history = [asked('missed', NOW - 9 * DAYS, 0.2)];

  it('comes back through another question that names it, even if that is less near to the level', () => {
    expect(chosen({ bank, area: 'ruby', history, fading: [missed] })).toMatchObject({
      question: { slug: 'naming' },
      recalls: missed,
    });
  });

  it('comes back through a question of its topic where none names it any more', () => {
    const seen = [...history, asked('naming', NOW - 8 * DAYS)];
    expect(choose({ bank, area: 'ruby', history: seen, fading: [missed] })).toBe('same-topic');
  });

  it('comes back through the one of those that is nearest to the level', () => {
    const easier = question('easier', 'ruby', { topic: 'procs', concepts: [saying('yield')] });
    expect(choose({ bank: [...bank, easier], area: 'ruby', history, fading: [missed] })).toBe('easier');
  });

  it('waits where no question is left, and gives way to what is less urgent and has one', () => {
    const lonely = question('lonely', 'ruby', { topic: 'lonely', concepts: [saying('alone')] });
    const fading = [{ slug: 'lonely', conceptId: 'idea' }, { slug: 'gone', conceptId: 'idea' }, missed];
    const past = [asked('lonely', NOW - 10 * DAYS, 0), ...history];
    expect(chosen({ bank: [...bank, lonely], area: 'ruby', history: past, fading })?.recalls).toEqual(missed);
    expect(chosen({ bank: [before, other], area: 'ruby', history, fading: [missed] })?.recalls).toBeNull();
  });

  it('takes at most one place in three', () => {
    const recalled = { ...asked('x', NOW - 2 * DAYS), recalls: true };
    const plain = asked('y', NOW - DAYS);
    const past = (...last: AskedBefore[]) => [...history, ...last];
    const recallsAfter = (...last: AskedBefore[]) =>
      chosen({ bank, area: 'ruby', history: past(...last), fading: [missed] })?.recalls ?? null;
    expect(recallsAfter(recalled)).toBeNull();
    expect(recallsAfter(recalled, plain)).toBeNull();
    expect(recallsAfter(recalled, plain, plain)).toEqual(missed);
  });

  it('never comes back through its own question, nor through one of another area', () => {
    fc.assert(
      fc.property(situation(), (it) => {
        const found = chosen(it);
        fc.pre(found?.recalls != null);
        const { slug } = found!.recalls!;
        expect(found!.question.slug).not.toBe(slug);
        expect(it.bank.find((each) => each.slug === slug)?.area).toBe(found!.question.area);
        expect(it.history.slice(-2).some(({ recalls }) => recalls)).toBe(false);
        expect(it.fading).toContainEqual(found!.recalls);
      }),
    );
  });
});

describe('the reason', () => {
  const bank = [question('rb-1', 'ruby', { difficulty: 'easy' })];
  const reason = (history: readonly AskedBefore[]) => chosen({ bank, area: 'ruby', history })?.reason;

  it('tells why this question, how much of it is expected to be known, and at which level', () => {
    expect(reason([])).toBe('unseen in ruby, easy: 78 % expected of a level of 1215');
    expect(reason([asked('rb-1', NOW - 31 * DAYS, 1)])).toMatch(
      /^all of ruby and dsa seen, rested for 30 days, easy: \d\d % expected of a level of 12\d\d$/,
    );
    expect(reason([asked('rb-1', NOW - DAYS)])).toMatch(
      /^everything seen within 30 days, this one longest ago, easy: /,
    );
  });

  it('tells what is brought back', () => {
    const two = ['a', 'b'].map((slug) => question(slug, 'ruby', { concepts: [saying('yield')] }));
    const history = [asked('a', NOW - 9 * DAYS, 0)];
    const fading = [{ slug: 'a', conceptId: 'idea' }];
    expect(chosen({ bank: two, area: 'ruby', history, fading })?.reason).toMatch(
      /^brings back idea of a; unseen in ruby, easy: /,
    );
  });
});

type Situation = Pick<Choosing, 'bank' | 'area'> & Partial<Choosing>;

function chosen(it: Situation) {
  return chooseQuestion({
    kinship: kinshipOf(it.bank),
    ratings: new Map(),
    history: [],
    fading: [],
    now: NOW,
    luck: 0.5,
    ...it,
  });
}

function choose(it: Situation): string | undefined {
  return chosen(it)?.question.slug;
}

/** The slugs asked on so many days in a row; the better they are known, the more of a good answer is expected. */
function askDaily(bank: readonly Question[], area: Area, days: number, coverage = 0.5): string[] {
  const history: AskedBefore[] = [];
  for (let day = 0; day < days; day++) {
    const now = NOW + day * DAYS;
    const slug = choose({ bank, area, history, now, luck: (day * 0.37) % 1 });
    history.push(asked(slug ?? '', now, coverage));
  }
  return history.map((it) => it.slug);
}

function situation() {
  const bank = fc
    .array(
      fc.record({
        area: fc.constantFrom(...AREAS),
        difficulty: fc.constantFrom(...DIFFICULTIES),
        topic: fc.constantFrom('one', 'two', 'three'),
        word: fc.constantFrom('red', 'green', 'blue', 'grey'),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ area, difficulty, topic, word }, index) =>
        question(`q${index}`, area, { difficulty, topic, concepts: [saying(word)] }),
      ),
    );
  const history = fc
    .array(
      fc.record({
        index: fc.nat(12),
        // Not only days: right at the thirtieth day lies the rule.
        ageMs: fc.oneof(fc.nat(60 * DAYS), fc.integer({ min: REST_MS - 2, max: REST_MS + 2 })),
        coverage: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        recalls: fc.boolean(),
      }),
      { maxLength: 30 },
    )
    .map((rows) =>
      rows
        .toSorted((one, other) => other.ageMs - one.ageMs)
        .map(({ index, ageMs, coverage, recalls }) => ({
          ...asked(`q${index}`, NOW - ageMs, coverage),
          recalls,
        })),
    );
  const fading = fc
    .array(fc.nat(12), { maxLength: 6 })
    .map((indexes) => indexes.map((index) => ({ slug: `q${index}`, conceptId: 'idea' })));
  const luck = fc.double({ min: 0, max: LATEST_LUCK, noNaN: true });
  return fc.record({ bank, history, fading, luck, area: fc.constantFrom(...AREAS) });
}

function question(slug: string, area: Area, change: Partial<Question> = {}): Question {
  return someQuestion({ topic: `about ${slug}`, concepts: [saying(slug)], ...change, slug, area });
}

function saying(words: string) {
  return someConcept({ id: 'idea', aliases: { en: [words], es: [words], pt: [words] } });
}

function asked(slug: string, askedAt: number, coverage: number | null = null): AskedBefore {
  return { slug, askedAt, coverage, recalls: false };
}
