import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm test`: everything that proves the house, cheapest first. Ends with how many tests passed, failed and were skipped. */
const STEPS: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'types of the rules, which know no platform', command: 'tsc', args: ['-p', 'interview'] },
  { name: 'types', command: 'tsc', args: ['-p', '.'] },
  { name: 'types of the pages', command: 'tsc', args: ['-p', 'web'] },
  { name: 'format and lint', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'nothing unused', command: 'knip', args: [] },
  { name: 'the question bank', command: 'node', args: ['content/check.ts'] },
];

for (const { name, command, args } of STEPS) {
  console.log(`\n— ${name}`);
  if (run(command, args) !== 0) {
    console.error(`\n“${name}” failed.`);
    process.exit(1);
  }
}

console.log('\n— tests');
const folder = mkdtempSync(join(tmpdir(), 'interview-bot-tests-'));
const report = join(folder, 'report.json');
const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
};
rmSync(folder, { recursive: true });
const skippedInCi = process.env.CI !== undefined && numPendingTests > 0;
if (skippedInCi) console.error('Tests were skipped that could run here.');
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exit(status === 0 && skippedInCi ? 1 : status);

/** npm puts the project's own commands on the path; none of them is looked up anywhere else. */
function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}
