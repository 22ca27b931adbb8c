import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bankFolder, loadBank } from './load-bank.ts';
import { rememberedBank } from './remembered-bank.ts';

let folder: string;
let bank: string;
let kept: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'remembered-bank-'));
  bank = join(folder, 'questions');
  kept = join(folder, 'kept');
  cpSync(join(bankFolder, 'ruby'), join(bank, 'ruby'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const topic = () => join(bank, 'ruby', 'blocks.yaml');

it('is the bank that was read, the first time and from then on', () => {
  const { questions } = loadBank(bank);
  expect(questions.length).toBeGreaterThan(100);
  expect(rememberedBank(bank, kept)).toEqual({ questions, problems: [] });
  expect(readdirSync(kept)).toHaveLength(1);
  expect(rememberedBank(bank, kept)).toEqual({ questions, problems: [] });
});

it('is read again when a file has changed', () => {
  const before = rememberedBank(bank, kept).questions.length;
  rmSync(topic());
  const { questions } = rememberedBank(bank, kept);
  expect(questions.length).toBeLessThan(before);
  expect(questions).toEqual(loadBank(bank).questions);
});

it('is not kept while it has faults', () => {
  appendFileSync(topic(), '- slug: rb-broken\n');
  expect(rememberedBank(bank, kept).problems).not.toEqual([]);
  expect(existsSync(kept)).toBe(false);
});

it('is read again when what was kept is not whole', () => {
  const { questions } = rememberedBank(bank, kept);
  for (const name of readdirSync(kept)) writeFileSync(join(kept, name), '[{"slug":');
  expect(rememberedBank(bank, kept).questions).toEqual(questions);
});

it('is read each time where nothing can be written', () => {
  writeFileSync(kept, 'a file stands in the way');
  expect(rememberedBank(bank, kept).questions).toEqual(loadBank(bank).questions);
});
