import { expect, test } from 'vitest';
import { startWorkbench } from '../testing/workbench.ts';
import { metaSpelling } from './meta-spelling.ts';

test.each([
  ['São Paulo keeps the ninth digit', '5511955501234', '5511955501234'],
  ['and gets it', '551155501234', '5511955501234'],
  ['Curitiba loses it', '5541955501234', '554155501234'],
  ['or has none', '554155501234', '554155501234'],
  ['Mexico gets a 1', '525512345678', '5215512345678'],
  ['or has it', '5215512345678', '5215512345678'],
  ['Argentina gets a 9', '541123456789', '5491123456789'],
  ['or has it', '5491123456789', '5491123456789'],
  ['everybody else stays', '15550100300', '15550100300'],
])('%s', (_who, written, spelled) => {
  expect(metaSpelling(written)).toBe(spelled);
});

test('a phone is reached by either spelling, and Meta answers with its own', async () => {
  const bench = await startWorkbench({ spelling: 'like-meta' });
  bench.emulator.phone('5541955501234', { name: 'Caio' }).say('oi');
  const { json } = await bench.send({ to: '+55 41 95550-1234', type: 'text', text: { body: 'olá' } });
  expect(json.contacts).toEqual([{ input: '+55 41 95550-1234', wa_id: '554155501234' }]);
  await bench.emulator.settle();
  expect(bench.messages()[0]?.from).toBe('554155501234');
  expect(bench.emulator.phone('554155501234').messages).toHaveLength(2);
  await bench.close();
});
