import { afterEach, expect, test } from 'vitest';
import { ACCOUNT_ID, PHONE_NUMBER_ID, startWorkbench, TOKEN, type Workbench } from '../testing/workbench.ts';

const HOURS = 60 * 60 * 1000;

let bench: Workbench;
afterEach(() => bench.close());

async function usage(path: string): Promise<unknown[]> {
  const { headers } = await fetch(`${bench.url}/v25.0/${path}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const read = (name: string) => JSON.parse(headers.get(name) ?? 'null');
  return [read('x-app-usage'), read('x-business-use-case-usage')];
}

test('each answer says how much of the hour’s management calls is used, refusals as well', async () => {
  bench = await startWorkbench();
  const used = (call_count: number) => ({ call_count, total_cputime: 1, total_time: 1 });
  const both = (call_count: number) => [
    used(call_count),
    { [ACCOUNT_ID]: [{ type: 'whatsapp', ...used(call_count), estimated_time_to_regain_access: 0 }] },
  ];
  expect(await usage(PHONE_NUMBER_ID)).toEqual(both(1));
  for (let call = 0; call < 50; call++) await bench.call('GET', `/v25.0/${ACCOUNT_ID}`);
  expect(await usage('999')).toEqual(both(2));
  bench.moveClock(1 * HOURS);
  expect(await usage(PHONE_NUMBER_ID)).toEqual(both(1));
});
