import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Area } from '../interview/areas.ts';
import type { Question } from '../interview/question.ts';
import { type BankReading, onlyProblem } from './bank-reading.ts';
import type { FieldPath, Place, Problem } from './problem.ts';
import { questionSchema, toQuestion } from './question-schema.ts';

/** Reads the questions that one YAML file holds, shown in problems as `file`. */
export function readTopic(text: string, it: { file: string; area: Area; topic: string }): BankReading {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file: it.file, line, column: col };
  };
  const placeOf = (path: FieldPath) => placeAt(offsetOf(document, path));

  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      slug: null,
      path: [],
      place: placeAt(pos[0]),
      sentence: firstLine(message),
    }));
    return { questions: [], problems, placeOf: () => null };
  }
  const written: unknown = document.toJS();
  if (!Array.isArray(written)) return onlyProblem(it.file, 'is not a list of questions');

  const questions = new Map<Question, number>();
  const problems: Problem[] = [];
  written.forEach((entry: unknown, index) => {
    const read = questionSchema.safeParse(entry);
    if (read.success) {
      questions.set(toQuestion(read.data, it.area, it.topic), index);
      return;
    }
    for (const { path, message } of read.error.issues) {
      const inEntry = path.map((step) => (typeof step === 'number' ? step : String(step)));
      const place = placeOf([index, ...inEntry]);
      problems.push({ slug: slugOf(entry), path: inEntry, place, sentence: message });
    }
  });
  return {
    questions: [...questions.keys()],
    problems,
    placeOf(question, path) {
      const index = questions.get(question);
      return index === undefined ? null : placeOf([index, ...path]);
    },
  };
}

/** The parser adds a drawing of the line behind its sentence. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** The offset of the value at the path or, where it is missing, of the nearest value around it. */
function offsetOf(document: Document, path: FieldPath): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((it) => isPair(it) && isScalar(it.key) && it.key.value === step);
      node = pair?.value;
    } else {
      node = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
    }
    if (!isNode(node)) return offset;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

function slugOf(entry: unknown): string | null {
  return typeof entry === 'object' && entry !== null && 'slug' in entry && typeof entry.slug === 'string'
    ? entry.slug
    : null;
}
