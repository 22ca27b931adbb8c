import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSwitches } from './switches.ts';
import { ANA, PHONE_NUMBER_ID, startWorkbench, type Workbench } from './testing/workbench.ts';

describe('the tree of switches', () => {
  const noted: string[] = [];
  const { live, change, reset, snapshot } = createSwitches({ webhooks: { batch: 5 } }, (before, after) =>
    noted.push(`${before.webhooks.batch}→${after.webhooks.batch}`),
  );

  test('is written to like any object, and whoever cares hears of it once', () => {
    live.webhooks.batch = 7;
    live.webhooks.batch = 7;
    expect(noted.splice(0)).toEqual(['5→7']);
  });

  test('changes several at once, and says so once', () => {
    change({ webhooks: { batch: 9, duplicate: true }, account: { quality: 'RED' } });
    expect(noted.splice(0)).toEqual(['7→9']);
    expect(snapshot()).toMatchObject({
      webhooks: { batch: 9, duplicate: true },
      account: { quality: 'RED' },
    });
    change({ account: { quality: 'RED' } });
    expect(noted).toEqual([]);
  });

  test('goes back to the start', () => {
    reset();
    expect(live).toMatchObject({ webhooks: { batch: 5, duplicate: false }, account: { quality: 'GREEN' } });
    expect(noted).toEqual(['9→5']);
  });
});

describe('what Meta tells of the account', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await startWorkbench();
  });
  afterEach(() => bench.close());

  test('a new daily limit, which also stands on the page of the number', async () => {
    bench.emulator.switches.account.recipientsPerDay = 2000;
    await bench.emulator.settle();
    expect(bench.news('business_capability_update')).toEqual([
      { max_daily_conversations_per_business: 'TIER_2K', max_phone_numbers_per_business: 2 },
    ]);
    const field = 'whatsapp_business_manager_messaging_limit';
    expect((await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?fields=${field}`)).json[field]).toBe(
      'TIER_2K',
    );
  });

  test('a quality that became red, and that it is so no more', async () => {
    const { account } = bench.emulator.switches;
    account.quality = 'YELLOW';
    account.quality = 'RED';
    await bench.emulator.settle();
    const page = await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?fields=quality_rating`);
    expect(page.json.quality_rating).toBe('RED');
    account.quality = 'GREEN';
    await bench.emulator.settle();
    expect(bench.news('phone_number_quality_update')).toMatchObject([
      { display_phone_number: '15550100200', event: 'FLAGGED' },
      { event: 'UNFLAGGED', max_daily_conversations_per_business: 'TIER_250' },
    ]);
  });

  test('nothing of what is no news to a service', async () => {
    bench.emulator.change({ webhooks: { batch: 10 }, account: { pairLimit: true } });
    await bench.emulator.settle();
    expect(bench.received).toEqual([]);
  });
});

test('a reset heals everything, faults included', async () => {
  const bench = await startWorkbench();
  const { emulator } = bench;
  emulator.phone(ANA).say('hello');
  emulator.faults.next(3, 'reset');
  emulator.faults.forRecipient(ANA, 131026);
  emulator.change({ sending: { http500: 1 }, webhooks: { hold: true } });
  emulator.reset();
  expect((await bench.send({ type: 'text', text: { body: 'hi' } })).status).toBe(200);
  await emulator.settle();
  expect(bench.statuses().map((status) => status.status)).toEqual(['sent', 'delivered']);
  await bench.close();
});
