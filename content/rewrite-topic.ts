import { isDeepStrictEqual } from 'node:util';
import type { Question } from '../interview/question.ts';
import { readTopic } from './read-topic.ts';
import { writeQuestions } from './write-questions.ts';

/** The text of a topic's file with these questions. Those that stay as they were keep their lines, and so do comments. */
export function rewriteTopic(before: string, questions: readonly Question[]): string {
  const [first] = questions;
  if (first === undefined) return '[]\n';
  const topic = { file: '', area: first.area, topic: first.topic };
  const patched = patch(before, questions, readTopic(before, topic));
  // A file in a shape of its own, flow style for one, is written anew rather than patched wrongly.
  return isDeepStrictEqual(readTopic(patched, topic).questions, questions)
    ? patched
    : writeQuestions(questions);
}

function patch(before: string, questions: readonly Question[], read: ReturnType<typeof readTopic>): string {
  const lines = before.split('\n');
  const starts = read.questions.map((question) => (read.placeOf(question, ['slug'])?.line ?? 1) - 1);
  const wanted = new Map(questions.map((question) => [question.slug, question]));
  const kept = read.questions.flatMap((question, at) => {
    const own = lines.slice(starts[at], starts[at + 1]);
    const end = own.findLastIndex((line) => line !== '' && !line.startsWith('#')) + 1;
    const tail = own.slice(end);
    const now = wanted.get(question.slug);
    wanted.delete(question.slug);
    if (now === undefined) return withoutBlanksAhead(tail);
    const body = isDeepStrictEqual(now, question)
      ? own.slice(0, end)
      : writeQuestions([now]).trimEnd().split('\n');
    return [...body, ...tail];
  });
  const old = [...lines.slice(0, starts[0]), ...kept].join('\n').trimEnd();
  const added = [...wanted.values()].map((question) => writeQuestions([question]).trimEnd());
  return `${[...(old === '' ? [] : [old]), ...added].join('\n\n')}\n`;
}

function withoutBlanksAhead(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first);
}
