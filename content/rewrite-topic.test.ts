import { describe, expect, it } from 'vitest';
import { someQuestion } from '../test/build/question.ts';
import { readTopic } from './read-topic.ts';
import { rewriteTopic } from './rewrite-topic.ts';
import { writeQuestions } from './write-questions.ts';

const one = someQuestion({ slug: 'js-one' });
const two = someQuestion({ slug: 'js-two' });
const three = someQuestion({ slug: 'js-three' });

/** As somebody wrote it by hand: quotes where none are needed, comments, and lines of their own. */
const byHand = (text: string) => text.replace('difficulty: easy', "difficulty: 'easy' # for everybody");
const FILE = `# Closures

${byHand(writeQuestions([one]))}
# What comes second
${byHand(writeQuestions([two]))}
# The end
`;

describe('the file of a topic', () => {
  it('stays as it is when no question changed', () => {
    expect(rewriteTopic(FILE, [one, two])).toBe(FILE);
  });

  it('keeps every line around a question that changed', () => {
    const changed = { ...one, version: 2 };
    expect(rewriteTopic(FILE, [changed, two])).toBe(
      FILE.replace(byHand(writeQuestions([one])), writeQuestions([changed])),
    );
  });

  it('gets new questions at its end', () => {
    expect(rewriteTopic(FILE, [one, two, three])).toBe(`${FILE}\n${writeQuestions([three])}`);
  });

  it('loses a question that went to another topic', () => {
    expect(rewriteTopic(FILE, [two])).toBe(
      FILE.replace(byHand(writeQuestions([one])), '').replace('\n\n\n', '\n\n'),
    );
    expect(rewriteTopic(writeQuestions([one]), [])).toBe('[]\n');
  });

  it('begins where there was none', () => {
    expect(rewriteTopic('', [one, two])).toBe(writeQuestions([one, two]));
    expect(rewriteTopic('[]\n', [one])).toBe(writeQuestions([one]));
  });

  it.each([
    ['in flow style', JSON.stringify([writtenLike(one)])],
    ['indented', writeQuestions([one]).replace(/^/gm, '  ')],
    ['with Windows’ line ends', writeQuestions([one]).replaceAll('\n', '\r\n')],
  ])('%s is read all the same, and holds what it should afterwards', (_, text) => {
    const topic = { file: 'closures.yaml', area: 'javascript', topic: 'closures' } as const;
    expect(readTopic(text, topic).questions).toEqual([one]);
    const changed = { ...one, version: 2 };
    expect(readTopic(rewriteTopic(text, [changed, two]), topic).questions).toEqual([changed, two]);
  });
});

function writtenLike({ area: _area, topic: _topic, modelAnswer, ...rest }: typeof one): unknown {
  return { ...rest, model_answer: modelAnswer };
}
