import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AREAS } from '../interview/areas.ts';
import { type BankReading, joinReadings, onlyProblem } from './bank-reading.ts';
import { topicSchema } from './question-schema.ts';
import { NOT_UTF_8, readText } from './read-text.ts';
import { readTopic } from './read-topic.ts';

/** The bank that comes with the program. */
export const bankFolder = fileURLToPath(new URL('./questions', import.meta.url));

/** Reads `<area>/<topic>.yaml` below the folder, in alphabetical order. */
export function loadBank(folder: string = bankFolder): BankReading {
  return joinReadings(namesIn(folder).flatMap((name) => loadArea(join(folder, name))));
}

function loadArea(folder: string): readonly BankReading[] {
  const area = areaOf(folder);
  if (area === null) return [onlyProblem(shown(folder), `no area is called ${basename(folder)}`)];
  return namesIn(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => loadTopic(join(folder, name)));
}

/** One file of a bank: its folder names the area, its name the topic. */
export function loadTopic(file: string): BankReading {
  const area = areaOf(dirname(resolve(file)));
  if (area === null) return onlyProblem(shown(file), `lies in no folder of an area: ${AREAS.join(', ')}`);
  const text = readText(file);
  if (text === null) return onlyProblem(shown(file), NOT_UTF_8);
  const topic = topicSchema.safeParse(basename(file, '.yaml'));
  if (!topic.success) return onlyProblem(shown(file), topic.error.issues.map((it) => it.message).join(', '));
  return readTopic(text, { file: shown(file), area, topic: topic.data });
}

function areaOf(folder: string) {
  return AREAS.find((it) => it === basename(folder)) ?? null;
}

function shown(path: string): string {
  return relative(process.cwd(), path);
}

/** Sorted, because the order of a folder differs from machine to machine. */
function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}
