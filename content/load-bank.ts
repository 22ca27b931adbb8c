import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { AREAS, type Area } from '../interview/areas.ts';
import type { Question } from '../interview/question.ts';
import type { FieldPath, Place, Problem } from './problem.ts';
import { questionSchema, toQuestion } from './question-schema.ts';

/** The bank that comes with the program. */
export const bankFolder = fileURLToPath(new URL('./questions', import.meta.url));

export type BankReading = {
  /** Everything readable: one broken question does not take its neighbours with it. */
  readonly questions: readonly Question[];
  readonly problems: readonly Problem[];
  /** Where a field of a question stands, as near as the file tells; null for a question of another bank. */
  readonly placeOf: (question: Question, path: FieldPath) => Place | null;
};

/** Reads `<area>/<topic>.yaml` below the folder, in alphabetical order. */
export function loadBank(folder: string = bankFolder): BankReading {
  const questions: Question[] = [];
  const problems: Problem[] = [];
  const places = new Map<Question, (path: FieldPath) => Place>();
  for (const { area, file } of filesOf(folder, problems)) {
    const read = readTopic(file, relative(process.cwd(), file), area);
    problems.push(...read.problems);
    for (const { question, placeOf } of read.questions) {
      questions.push(question);
      places.set(question, placeOf);
    }
  }
  return { questions, problems, placeOf: (question, path) => places.get(question)?.(path) ?? null };
}

function filesOf(
  folder: string,
  problems: Problem[],
): readonly { readonly area: Area; readonly file: string }[] {
  return namesIn(folder).flatMap((name) => {
    const area = AREAS.find((it) => it === name);
    if (area === undefined) {
      const place = { file: relative(process.cwd(), join(folder, name)), line: 1, column: 1 };
      problems.push({ slug: null, path: [], place, sentence: `no area is called ${name}` });
      return [];
    }
    return namesIn(join(folder, name))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => ({ area, file: join(folder, name, file) }));
  });
}

/** Sorted, because the order of a folder differs from machine to machine. */
function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}

type TopicReading = {
  readonly questions: readonly {
    readonly question: Question;
    readonly placeOf: (path: FieldPath) => Place;
  }[];
  readonly problems: readonly Problem[];
};

function readTopic(file: string, shownAs: string, area: Area): TopicReading {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file: shownAs, line, column: col };
  };
  const placeOf = (path: FieldPath) => placeAt(offsetOf(document, path));
  const problem = (path: FieldPath, sentence: string, slug: string | null = null): Problem => ({
    slug,
    path: path.slice(1),
    place: placeOf(path),
    sentence,
  });

  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      slug: null,
      path: [],
      place: placeAt(pos[0]),
      sentence: firstLine(message),
    }));
    return { questions: [], problems };
  }
  const written: unknown = document.toJS();
  if (!Array.isArray(written))
    return { questions: [], problems: [problem([], 'is not a list of questions')] };

  const topic = basename(file, '.yaml');
  const questions: TopicReading['questions'][number][] = [];
  const problems: Problem[] = [];
  written.forEach((entry: unknown, index) => {
    const read = questionSchema.safeParse(entry);
    if (read.success) {
      const question = toQuestion(read.data, area, topic);
      questions.push({ question, placeOf: (path) => placeOf([index, ...path]) });
      return;
    }
    for (const { path, message } of read.error.issues) {
      const inFile = path.map((step) => (typeof step === 'number' ? step : String(step)));
      problems.push(problem([index, ...inFile], message, slugOf(entry)));
    }
  });
  return { questions, problems };
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

/** The parser adds a drawing of the line behind its sentence. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
