import { statSync } from 'node:fs';
import { extname, relative } from 'node:path';
import { type BankReading, onlyProblem } from './bank-reading.ts';
import { loadBank, loadTopic } from './load-bank.ts';
import { readTable } from './read-table.ts';
import { NOT_UTF_8, readText } from './read-text.ts';

/** Reads a folder like the bank's, one of its files, or a table; which it is tells the name. */
export function readQuestions(path: string): BankReading {
  const shown = relative(process.cwd(), path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return onlyProblem(shown, 'is not there');
  if (found.isDirectory()) return loadBank(path);
  switch (extname(path).toLowerCase()) {
    case '.yaml':
      return loadTopic(path);
    case '.csv': {
      const text = readText(path);
      return text === null ? onlyProblem(shown, NOT_UTF_8) : readTable(text, shown);
    }
    default:
      return onlyProblem(shown, 'is neither a folder nor a .yaml nor a .csv file');
  }
}
