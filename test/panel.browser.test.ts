import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  startWorkbench,
  type Workbench,
} from '../emulator/testing/workbench.ts';
import { buildIfStale } from '../web/build-if-stale.ts';
import { launchChromium, openContext, withoutChromium } from './chromium.ts';
import { PATIENCE_MS } from './patience.ts';

const LUIS = '525555550123';
const WIDE = { width: 1280, height: 860 };
/** The narrowest screen that the accessibility guidelines ask for. */
const NARROW = { width: 320, height: 640 };
const GROUPS = ['WhatsApp’s notifications', 'Sending', 'Account', 'Templates'];

const skip = withoutChromium();
if (skip !== null) console.warn(skip);

describe.skipIf(skip !== null)('the panel that makes trouble', () => {
  let browser: Browser;
  let bench: Workbench;

  beforeAll(async () => {
    await buildIfStale();
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    bench = await startWorkbench({ pageRoot: join(import.meta.dirname, '../web/dist') });
    bench.emulator.phone(ANA, { name: 'Ana', language: 'pt' });
    bench.emulator.phone(LUIS, { name: 'Luis', language: 'es' });
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await bench.close();
  });

  it('opens by its button, closes by Escape, gives the focus back, and is open again on the next visit', async () => {
    const page = await visit();
    await makeTrouble(page).press('Enter');
    const title = page.getByRole('heading', { name: 'Make trouble' });
    await title.waitFor();
    expect(await focused(page).innerText()).toBe('Make trouble');
    expect(await focused(page).getAttribute('id')).toBe(await title.getAttribute('id'));

    await page.reload();
    await title.waitFor();
    await page.getByLabel('Has blocked the bot').press('Escape');
    await title.waitFor({ state: 'hidden' });
    expect(await focused(page).getAttribute('aria-expanded')).toBe('false');
  });

  it('switches the emulator, and every other tab with it, until everything is well again', async () => {
    const [page, other] = [await visit(), await visit()];
    await openPanel(page);
    await openGroup(page, 'WhatsApp’s notifications');
    await page.getByLabel('Hold them back').check();
    await page.getByLabel('Arrive late by').fill('2,5');
    await page.getByLabel('Arrive late by').press('Enter');
    await openGroup(page, 'Sending');
    await page.getByLabel('HTTP 503', { exact: true }).fill('25');
    await page.getByLabel('HTTP 500', { exact: true }).focus();
    await page.getByLabel('Has blocked the bot').check();

    await makeTrouble(other).getByText('4 on').waitFor();
    await other.getByTestId(`phone-${ANA}`).getByText('blocked the bot').waitFor();
    expect(await switches()).toMatchObject({
      webhooks: { hold: true, delayMs: 2500 },
      sending: { http503: 0.25 },
    });

    await openPanel(other);
    await other.getByRole('button', { name: 'Everything well again' }).click();
    await page.getByText('All is well.').waitFor();
    await eventually(() => page.getByLabel('Hold them back').isChecked()).toBe(false);
    await eventually(() => page.getByLabel('HTTP 503', { exact: true }).inputValue()).toBe('0');
    await eventually(() => page.getByLabel('Has blocked the bot').isChecked()).toBe(false);
    expect(await switches()).toMatchObject({
      webhooks: { hold: false, delayMs: 0 },
      sending: { http503: 0 },
    });
  });

  it('does not take what is no number, and says so', async () => {
    const page = await visit();
    await openPanel(page);
    await openGroup(page, 'WhatsApp’s notifications');
    await page.getByLabel('Arrive late by').fill('soon');
    await page.getByLabel('Arrive late by').press('Enter');
    await page.getByText('Write a number of seconds, at most a day.').waitFor();
    await page.getByLabel('Arrive late by').press('Escape');
    expect(await page.getByLabel('Arrive late by').inputValue()).toBe('0');
    expect(await switches()).toMatchObject({ webhooks: { delayMs: 0 } });
  });

  it('lets the next sends fail with any code, and then no more', async () => {
    const page = await visit();
    await openPanel(page);
    await openGroup(page, 'Sending');
    await page.getByLabel('What happens').selectOption('Refused with a code to type');
    await page.getByLabel('The code').fill('131999');
    await page.getByLabel('How many sends').fill('2');
    await page.getByLabel('How many sends').press('Enter');
    await page.getByText('2 sends will fail.').waitFor();

    bench.emulator.phone(ANA).say('oi');
    const answers = [await hello(), await hello(), await hello()];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(answers[1]?.json.error).toMatchObject({ code: 131_999 });
  });

  it('lets everything to one phone fail with a code out of Meta’s table', async () => {
    const page = await visit();
    await openPanel(page);
    await page.getByLabel('Which phone').selectOption({ index: 1 });
    await page.getByLabel('Every message here fails with').selectOption('131026 · Message undeliverable');
    await page.getByTestId(`phone-${LUIS}`).getByText('fails with 131026').waitFor();
    expect(await page.getByTestId(`phone-${ANA}`).getByText('fails with').count()).toBe(0);
  });

  it('takes the chat along to a new number, and shows what the emulator refuses', async () => {
    bench.emulator.phone(ANA).say('Antes da mudança');
    const [page, other] = [await visit(), await visit()];
    await openPanel(page);
    await page.getByLabel('New number').fill('+1 555 010 0200');
    await page.getByRole('button', { name: 'Change the number' }).click();
    await page.getByRole('alert').getByText('The number was not changed.').waitFor();

    await page.getByLabel('New number').fill('+55 21 95550-9876');
    await page.getByRole('button', { name: 'Change the number' }).click();
    for (const tab of [page, other]) {
      await tab.getByTestId('phone-5521955509876').getByText('Antes da mudança').waitFor();
      expect(await tab.getByTestId(`phone-${ANA}`).count()).toBe(0);
    }
  });

  it('sends a voice note, what the bot cannot read, and a reaction', async () => {
    bench.emulator.phone(ANA).say('oi');
    await hello();
    await bench.emulator.settle();
    const page = await visit();
    await openPanel(page);
    await page.getByRole('button', { name: 'Send the voice note' }).click();
    await page.getByTestId(`phone-${ANA}`).getByText('🎤').waitFor();
    await page.getByLabel('Something else').selectOption('a sticker');
    await page.getByRole('button', { name: 'Send that' }).click();
    await page.getByTestId(`phone-${ANA}`).getByText('[sticker]').waitFor();
    await page.getByRole('button', { name: 'Thumbs up' }).click();
    await eventually(() => bench.messages().map((it) => it.type)).toEqual([
      'text',
      'audio',
      'sticker',
      'reaction',
    ]);
  });

  it('pauses a template', async () => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    const page = await visit();
    await openPanel(page);
    await openGroup(page, 'Templates');
    const status = page.getByLabel('Status of daily_question_v1 in pt_BR');
    await status.selectOption('paused');
    const listed = async () => (await bench.call('GET', `/v25.0/${ACCOUNT_ID}/message_templates`)).json.data;
    await eventually(listed).toMatchObject([{ status: 'PAUSED' }]);
    await eventually(() => status.locator('option:checked').innerText()).toBe('paused');
  });

  it('covers a small phone without a sideways scroll, and the phones behind it are out of reach', async () => {
    const page = await visit({ viewport: NARROW });
    await openPanel(page);
    expect(await page.getByRole('dialog', { name: 'Make trouble' }).boundingBox()).toMatchObject(NARROW);
    for (const group of GROUPS) await openGroup(page, group);
    await page.getByTestId('composer').first().focus();
    expect(await page.locator('.trouble-panel :focus').count()).toBe(1);
    expect(await widestOf(page)).toBeLessThanOrEqual(NARROW.width);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await widestOf(page)).toBeLessThanOrEqual(NARROW.width);

    await page.reload();
    await page.getByTestId(`phone-${ANA}`).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it.each([
    { viewport: WIDE, colorScheme: 'light' },
    { viewport: WIDE, colorScheme: 'dark' },
    { viewport: NARROW, colorScheme: 'light' },
    { viewport: NARROW, colorScheme: 'dark' },
  ] as const)('leaves axe nothing to find, at $viewport.width pixels in $colorScheme', async (options) => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    bench.emulator.phone(ANA).say('oi');
    await hello();
    const page = await visit(options);
    await openPanel(page);
    for (const group of GROUPS) await openGroup(page, group);
    await page.getByLabel('Send each twice').check();
    await page.getByLabel('Has blocked the bot').check();
    await page.getByLabel('Status of daily_question_v1 in pt_BR').selectOption('paused');
    await page.getByLabel('Arrive late by').fill('soon');
    await page.getByLabel('Arrive late by').press('Enter');
    await page.getByText('2 troubles on.').waitFor();
    await expectNoFindings(page);

    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByTestId(`phone-${ANA}`).getByText('blocked the bot').waitFor();
    await expectNoFindings(page);
  });

  it('leaves a list’s rows to tap in the chat beside it', async () => {
    bench.emulator.phone(ANA).say('oi');
    await bench.send({
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Qual área?' },
        action: {
          button: 'Escolher',
          sections: [
            {
              title: 'Áreas',
              rows: [
                { id: 'area:python', title: 'Python' },
                { id: 'area:ruby', title: 'Ruby' },
              ],
            },
          ],
        },
      },
    });
    const page = await visit();
    await page.getByTestId(`phone-${ANA}`).getByRole('button', { name: 'Ruby' }).click();
    await eventually(() => bench.messages().at(-1)?.interactive).toMatchObject({
      list_reply: { id: 'area:ruby' },
    });
  });

  /** Each visit is somebody else's browser. */
  async function visit(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await openContext(browser, { viewport: WIDE, ...options });
    const page = await context.newPage();
    await page.goto(bench.url);
    await page.getByTestId(`phone-${ANA}`).waitFor();
    return page;
  }

  async function switches(): Promise<unknown> {
    return (await bench.call('GET', '/__emulator/switches')).json;
  }

  function hello() {
    return bench.send({ type: 'text', text: { body: 'Olá' } });
  }
});

/** However slow the machine is. */
function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: PATIENCE_MS });
}

function makeTrouble(page: Page) {
  return page.getByRole('button', { name: 'Make trouble' });
}

async function openPanel(page: Page): Promise<void> {
  await makeTrouble(page).click();
  await page.getByRole('heading', { name: 'Make trouble' }).waitFor();
}

async function openGroup(page: Page, title: string): Promise<void> {
  await page.locator('summary').filter({ hasText: title }).click();
}

function focused(page: Page) {
  return page.locator(':focus');
}

/** As a string, because the tests know no document. */
function widestOf(page: Page): Promise<number> {
  return page.evaluate(
    "Math.max(...[...document.querySelectorAll('html, .trouble-groups')].map((it) => it.scrollWidth))",
  );
}

async function expectNoFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
