import { availableParallelism, cpus, loadavg } from 'node:os';
import { columns } from '../cli/columns.ts';
import type { DatabaseKind, Line } from './bench.ts';
import { hundredths, tenths } from './words.ts';

const HEADS = ['What', 'Database', 'Measured', 'Next to', 'Ratio', 'Target', ''];
const NAMES: Readonly<Record<DatabaseKind, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

/** On what machine, with what, when: without that no number means anything. */
export function heading(it: { isFull: boolean; postgresVersion: string | null }): string {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`;
  const postgres = it.postgresVersion === null ? '' : `, PostgreSQL ${it.postgresVersion}`;
  // How many others want a core: above one for each core, every time is too long.
  const load = `load ${tenths(loadavg()[0] ?? 0)}`;
  const form = it.isFull ? 'full form' : 'quick form';
  return `${new Date().toISOString().slice(0, 16)}Z · ${machine} · Node ${process.version}${postgres} · ${load} · ${form}`;
}

/** The lines under one another, for people or for `docs/benchmarks.md`. */
export function table(lines: readonly Line[], it: { asMarkdown: boolean }): string {
  const rows = lines.map(cellsOf);
  if (!it.asMarkdown) return columns([HEADS, ...rows]).join('\n');
  return [HEADS, HEADS.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cellsOf(line: Line): string[] {
  return [
    line.what,
    line.database === null ? '–' : NAMES[line.database],
    line.measured,
    line.yardstick,
    line.ratio === null ? '–' : hundredths(line.ratio),
    line.target,
    line.isReached === null ? '' : line.isReached ? 'ok' : 'missed',
  ];
}
