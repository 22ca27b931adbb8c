import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rememberedBank } from '../content/remembered-bank.ts';
import { fold } from '../interview/fold.ts';
import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import { phrases } from '../interview/languages/phrases.ts';
import { launchChromium, openContext, withoutChromium } from './chromium.ts';
import { freePort } from './free-port.ts';

const PHONES = {
  pt: { testId: 'phone-5511955501234', owner: 'Ana', width: 1440 },
  es: { testId: 'phone-525555550123', owner: 'Luis', width: 390 },
  en: { testId: 'phone-12025550199', owner: 'Grace', width: 390 },
} as const;

const skip = withoutChromium();
if (skip !== null) console.warn(skip);

describe.skipIf(skip !== null)('the demo, as somebody meets it who has never seen the project', () => {
  let folder: string;
  let demo: ChildProcess;
  let browser: Browser;
  let phonesUrl: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interview-bot-demo-'));
    const [port, emulatorPort] = [await freePort(), await freePort()];
    phonesUrl = `http://localhost:${emulatorPort}`;
    demo = spawn(process.execPath, ['start.ts'], {
      cwd: join(import.meta.dirname, '..'),
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        EMULATOR_PORT: String(emulatorPort),
        DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { promise: started, resolve } = Promise.withResolvers<void>();
    let output = '';
    // Read to the end: a pipe that nobody reads any more would end the demo.
    demo.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('Ctrl-C closes it')) resolve();
    });
    await started;
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    if (demo.exitCode === null) {
      demo.kill('SIGTERM');
      await once(demo, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  it.each(LANGUAGES)(
    'leads from the phone page to the first feedback in %s, and axe finds nothing',
    async (language) => {
      const { testId, owner, width } = PHONES[language];
      const words = phrases[language];
      const context = await openContext(browser, { viewport: { width, height: 844 }, locale: language });
      const page = await context.newPage();
      await page.goto(phonesUrl);
      // Whoever comes first makes the phones; the others find them there.
      const firstStep = page.getByRole('button', { name: 'Use these three phones' });
      await firstStep
        .or(page.getByTestId(/^phone-/))
        .first()
        .waitFor();
      if (await firstStep.isVisible()) await firstStep.click();
      const phone = page.getByTestId(testId);
      // On a small screen one phone is seen at a time. They are made one after the other: this one may come last.
      const switchTo = page.getByRole('navigation', { name: 'Phones' }).getByRole('button', { name: owner });
      await phone.or(switchTo).first().waitFor();
      if (await switchTo.isVisible()) await switchTo.click();
      await expectNoFindings(page);

      const form = await opens(context, () =>
        phone.getByRole('button', { name: 'Register this phone' }).first().click(),
      );
      expect(await form.locator('html').getAttribute('lang')).toMatch(new RegExp(`^${language}`));
      await form.getByText('JavaScript', { exact: true }).last().click();
      await form.getByRole('checkbox').check();
      await form.locator('button[type=submit]').click();
      await form.getByRole('heading', { name: words.page.registered.headline }).waitFor();
      await expectNoFindings(form);

      await page.bringToFront();
      await phone.getByRole('button', { name: words.buttons.start, exact: true }).click();
      await phone.getByRole('button', { name: words.buttons.hint, exact: true }).waitFor();
      await phone.getByTestId('composer').fill(modelAnswerTo(await phone.innerText(), language));
      await phone.getByRole('button', { name: 'Send' }).click();
      await phone.getByRole('button', { name: words.buttons.modelAnswer, exact: true }).waitFor();
      expect(fold(await phone.innerText())).toContain(fold(words.feedback.bands.strong));
      await expectNoFindings(page);
      await context.close();
    },
  );
});

/** To the question that stands on the screen, where its marks have become looks. */
function modelAnswerTo(screen: string, language: Language): string {
  const question = rememberedBank().questions.find((it) => fold(screen).includes(fold(it.text[language])));
  if (question === undefined) throw new Error(`No question of the bank is on the screen: ${screen}`);
  return question.modelAnswer[language];
}

async function opens(context: BrowserContext, act: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([context.waitForEvent('page'), act()]);
  await page.waitForLoadState();
  return page;
}

async function expectNoFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
