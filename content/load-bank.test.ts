import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBank } from './load-bank.ts';
import { printProblem } from './problem.ts';

const GOOD = `- slug: js-one
  version: 2
  difficulty: easy
  text: { en: One?, es: ¿Uno?, pt: Um? }
  hint: { en: h, es: h, pt: h }
  model_answer: { en: m, es: m, pt: m }
  concepts:
    - id: first
      weight: 3
      core: true
      text: { en: C, es: C, pt: C }
      aliases: { en: [a], es: [b], pt: [c] }
    - id: second
      weight: 1
      text: { en: D, es: D, pt: D }
      aliases: { en: [d], es: [e], pt: [f] }
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bank-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(area: string, file: string, text: string): void {
  mkdirSync(join(folder, area), { recursive: true });
  writeFileSync(join(folder, area, file), text);
}

/** Problems as they are printed, without the folder of this test. */
function problems(): readonly string[] {
  return loadBank(folder).problems.map((problem) =>
    printProblem(problem).replace(/^\S*\/(?=[^/ ]+(?:\.yaml)?:\d)/, ''),
  );
}

describe('the bank is read', () => {
  it('with the area from the folder, the topic from the file, and names as the program writes them', () => {
    write('javascript', 'closures.yaml', GOOD);
    const { questions, problems: none } = loadBank(folder);
    expect(none).toEqual([]);
    expect(questions).toMatchObject([
      {
        slug: 'js-one',
        version: 2,
        area: 'javascript',
        topic: 'closures',
        text: { en: 'One?', es: '¿Uno?', pt: 'Um?' },
        modelAnswer: { en: 'm', es: 'm', pt: 'm' },
      },
    ]);
  });

  it('where a concept is core only if it says so', () => {
    write('javascript', 'closures.yaml', GOOD);
    expect(loadBank(folder).questions[0]?.concepts.map((concept) => concept.core)).toEqual([true, false]);
  });

  it('in the same order on every machine', () => {
    write('ruby', 'b.yaml', GOOD.replace('js-one', 'rb-two'));
    write('ruby', 'a.yaml', GOOD.replace('js-one', 'rb-one'));
    write('dsa', 'z.yaml', GOOD.replace('js-one', 'dsa-one'));
    expect(loadBank(folder).questions.map((question) => question.slug)).toEqual([
      'dsa-one',
      'rb-one',
      'rb-two',
    ]);
  });

  it('and tells where each field stands', () => {
    write('javascript', 'closures.yaml', GOOD);
    const { questions, placeOf } = loadBank(folder);
    const [question] = questions;
    if (question === undefined) throw new Error('the question was not read');
    expect(placeOf(question, ['hint', 'es'])).toMatchObject({ line: 5, column: 22 });
    expect(placeOf(question, ['concepts', 1, 'weight'])).toMatchObject({ line: 14, column: 15 });
    expect(placeOf(question, ['concepts', 9, 'weight'])).toMatchObject({ line: 8, column: 5 });
    expect(placeOf({ ...question }, ['hint', 'es'])).toBeNull();
  });
});

describe('what cannot be read is told with its place', () => {
  it('when the file is no YAML', () => {
    write('javascript', 'broken.yaml', `${GOOD}- slug: "open\n`);
    expect(problems()[0]).toMatch(/^broken\.yaml:\d+:\d+: Missing closing "quote/);
    expect(loadBank(folder).questions).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['a language is missing', ', pt: Um? }', ' }', /^closures\.yaml:4:9 js-one text\.pt: .*expected string/],
    ['a text is empty', 'es: ¿Uno?', 'es: " "', /^closures\.yaml:4:25 js-one text\.es: says nothing/],
    [
      'an alias is a number',
      'en: [a]',
      'en: [20]',
      /^closures\.yaml:12:23 js-one concepts\.0\.aliases\.en\.0: .*string/,
    ],
    ['the difficulty is unknown', 'easy', 'tricky', /^closures\.yaml:3:15 js-one difficulty: /],
    ['a field is misspelt', '  hint:', '  hnit:', /^closures\.yaml:\d+:\d+ js-one/],
    ['the slug has capitals', 'js-one', 'JS-One', /^closures\.yaml:1:9 JS-One slug: a slug is lower case/],
  ])('when %s, and its neighbours are kept', (_, good, bad, problem) => {
    write('javascript', 'closures.yaml', GOOD.replace(good, bad) + GOOD.replace('js-one', 'js-two'));
    expect(problems()[0]).toMatch(problem);
    expect(loadBank(folder).questions.map((question) => question.slug)).toEqual(['js-two']);
  });

  it('when a file is not a list', () => {
    write('python', 'one.yaml', 'slug: py-one\n');
    expect(problems()).toEqual(['one.yaml:1:1: is not a list of questions']);
  });

  it('when a folder is no area', () => {
    write('cobol', 'one.yaml', GOOD);
    expect(problems()).toEqual(['cobol:1:1: no area is called cobol']);
  });
});
