import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Question } from '../interview/question.ts';
import { bankFolder, loadBank } from './load-bank.ts';
import type { Problem } from './problem.ts';

/**
 * The bank as a running service needs it: its questions, without where they stand. Reading five hundred questions of
 * YAML takes a second, and every process would spend it again: what was read is kept, under a name that changes with
 * every byte of the bank and of the code that reads it. A bank with faults is never kept.
 */
export function rememberedBank(
  folder: string = bankFolder,
  keptIn: string = KEPT_IN,
): { readonly questions: readonly Question[]; readonly problems: readonly Problem[] } {
  const kept = join(keptIn, `bank-${fingerprint(folder)}.json`);
  const remembered = readKept(kept);
  if (remembered !== null) return { questions: remembered, problems: [] };
  const { questions, problems } = loadBank(folder);
  if (problems.length === 0) keep(kept, questions, keptIn);
  return { questions, problems };
}

/** Where other tools keep what can be made again. */
const KEPT_IN = join(import.meta.dirname, '..', 'node_modules', '.cache', 'interview-bot');

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const file of [...filesIn(folder), ...filesIn(import.meta.dirname, '.ts'), ...READ_WITH]) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}

/** What the questions are read with besides the files in this folder. */
const READ_WITH = ['interview/areas.ts', 'interview/languages/language.ts', 'package-lock.json'].map((file) =>
  join(import.meta.dirname, '..', file),
);

function filesIn(folder: string, ending?: string): readonly string[] {
  return readdirSync(folder, { recursive: ending === undefined, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending ?? ''))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readKept(file: string): readonly Question[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Question[];
  } catch {
    // Not there yet, or not whole.
    return null;
  }
}

function keep(file: string, questions: readonly Question[], folder: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(beside, JSON.stringify(questions));
    renameSync(beside, file);
  } catch {
    // A folder that nobody may write to, as in a container: the next start reads the bank again.
  }
}
