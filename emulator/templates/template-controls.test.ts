import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

const DAYS = 24 * 60 * 60 * 1000;
const NAME = DAILY_QUESTION.name;

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const known = () => ({
  message_template_id: Number(bench.emulator.templates.list()[0]?.id),
  message_template_name: NAME,
  message_template_language: 'pt-BR',
});

async function approved(): Promise<void> {
  bench.emulator.templates.addApproved(DAILY_QUESTION);
  await bench.emulator.settle();
}

async function onItsPage(fields: string) {
  const { json } = await bench.call('GET', `/v25.0/${ACCOUNT_ID}/message_templates?fields=${fields}`);
  return (json.data as object[])[0];
}

describe('a template', () => {
  test('is paused, refused, disabled and put back, and each time the service is told why', async () => {
    await approved();
    for (const status of ['PAUSED', 'APPROVED', 'REJECTED', 'DISABLED', 'APPROVED'] as const) {
      bench.emulator.templates.setStatus(NAME, status);
    }
    await bench.emulator.settle();
    expect(bench.news('message_template_status_update')).toMatchObject([
      { ...known(), event: 'APPROVED', reason: null, message_template_category: 'UTILITY' },
      { event: 'PAUSED', other_info: { title: 'FIRST_PAUSE' } },
      { event: 'APPROVED' },
      { event: 'REJECTED', reason: 'INVALID_FORMAT', rejection_info: { recommendation: expect.any(String) } },
      { event: 'DISABLED', disable_info: { disable_date: 1_795_435_200 } },
      { event: 'REINSTATED' },
    ]);
  });

  test('is moved to another category at once', async () => {
    await approved();
    bench.emulator.templates.setCategory(NAME, 'MARKETING');
    await bench.emulator.settle();
    expect(bench.news('template_category_update')).toEqual([
      { ...known(), previous_category: 'UTILITY', new_category: 'MARKETING' },
    ]);
    expect(await onItsPage('category,previous_category')).toMatchObject({
      category: 'MARKETING',
      previous_category: 'UTILITY',
    });
  });

  test('is moved a day after a warning, in which the “new” category is the present one', async () => {
    await approved();
    bench.emulator.templates.announceCategory(NAME, 'MARKETING');
    await bench.emulator.settle();
    expect(bench.news('template_category_update')).toEqual([
      {
        ...known(),
        new_category: 'UTILITY',
        correct_category: 'MARKETING',
        category_update_timestamp: 1_795_435_200 + 86_400,
      },
    ]);
    expect(await onItsPage('category,correct_category')).toMatchObject({
      category: 'UTILITY',
      correct_category: 'MARKETING',
    });
    bench.moveClock(1 * DAYS);
    await bench.emulator.settle();
    expect(bench.news('template_category_update')[1]).toMatchObject({ new_category: 'MARKETING' });
    expect(await onItsPage('category')).toMatchObject({ category: 'MARKETING' });
  });

  test('changes its quality', async () => {
    await approved();
    bench.emulator.templates.setQuality(NAME, 'GREEN');
    bench.emulator.templates.setQuality(NAME, 'RED');
    await bench.emulator.settle();
    expect(bench.news('message_template_quality_update')).toEqual([
      { ...known(), previous_quality_score: 'UNKNOWN', new_quality_score: 'GREEN' },
      { ...known(), previous_quality_score: 'GREEN', new_quality_score: 'RED' },
    ]);
    expect(await onItsPage('quality_score')).toMatchObject({
      quality_score: { score: 'RED', date: 1_795_435_200 },
    });
  });

  test('is held back until Meta has seen enough, then goes out or is dropped', async () => {
    await approved();
    const { templates } = bench.emulator;
    templates.hold(NAME);
    const { json } = await bench.send(dailyQuestion());
    expect(json.messages).toMatchObject([{ message_status: 'held_for_quality_assessment' }]);
    await bench.emulator.settle();
    expect(bench.statuses()).toEqual([]);
    templates.endHold(NAME, 'send');
    await bench.emulator.settle();
    expect(bench.statuses().map((status) => status.status)).toEqual(['sent', 'delivered']);

    templates.hold(NAME);
    await bench.send(dailyQuestion());
    templates.endHold(NAME, 'drop');
    await bench.emulator.settle();
    expect(bench.emulator.sends.map((send) => send.failureCode)).toEqual([null, 132015]);
    expect((await bench.send(dailyQuestion())).json.messages).toMatchObject([{ message_status: 'accepted' }]);
  });

  test('must be there', () => {
    expect(() => bench.emulator.templates.setCategory('nobody', 'MARKETING')).toThrow(
      'there is no template nobody',
    );
    expect(bench.emulator.phone(ANA).messages).toEqual([]);
  });
});

describe('the review', () => {
  const submit = async (definition: object) => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, definition);
    await bench.emulator.settle();
    return bench.emulator.templates.list().at(-1);
  };

  test('says what the switches say', async () => {
    const { account } = bench.emulator.switches;
    account.review = 'reject';
    expect(await submit({ ...DAILY_QUESTION, name: 'a' })).toMatchObject({ status: 'REJECTED' });
    account.review = 'leave-pending';
    expect(await submit({ ...DAILY_QUESTION, name: 'b' })).toMatchObject({ status: 'PENDING' });
    Object.assign(account, { review: 'approve', approveAsMarketing: true });
    expect(await submit({ ...DAILY_QUESTION, name: 'c' })).toMatchObject({
      status: 'APPROVED',
      category: 'MARKETING',
    });
    account.approveAsMarketing = false;
    expect(await submit({ ...DAILY_QUESTION, name: 'd' })).toMatchObject({ category: 'UTILITY' });
  });
});
