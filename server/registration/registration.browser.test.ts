import { AxeBuilder } from '@axe-core/playwright';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { launchChromium, openContext, withoutChromium } from '../../test/chromium.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import type { ValidRegistration } from './read-registration.ts';
import type { Confirmation } from './registered-page.ts';
import { registrationRoutes } from './routes.ts';

// Generous, because nothing here is about speed and the machine may be busy.
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
const LOCALE = { en: 'en-GB', es: 'es-MX', pt: 'pt-BR' } as const;

const missing = withoutChromium();

describe.skipIf(missing !== null)(
  `The registration page in a browser${missing === null ? '' : `. ${missing}`}`,
  () => {
    let browser: Browser;
    let app: HttpServer;
    let address: string;
    let registered: ValidRegistration[];
    let confirmation: Confirmation;

    beforeAll(async () => {
      browser = await launchChromium();
      app = await createHttpServer({
        log: pino({ level: 'silent' }),
        production: false,
        trustProxy: false,
        publicUrl: 'http://localhost',
        newRequestId: () => 'request-0001',
      });
      await app.register(
        registrationRoutes({
          register: async (registration) => {
            registered.push(registration);
            return {
              kind: 'accepted',
              ticket: 'ticket-1',
              startLink: 'https://wa.me/15550001234?text=START%20K7QX2MBC',
            };
          },
          confirmationOf: async () => confirmation,
          businessName: 'Interview Bot',
          contact: 'hello@interview.example',
          limits: {
            page: { max: 10_000, timeWindow: 60_000 },
            register: { max: 10_000, timeWindow: 60_000 },
          },
        }),
      );
      address = await app.listen({ port: 0, host: '127.0.0.1' });
    });

    afterAll(async () => {
      await browser.close();
      await app.close();
    });

    beforeEach(() => {
      registered = [];
      confirmation = 'pending';
    });

    const contexts: { close(): Promise<void> }[] = [];
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    });

    async function open(
      options: BrowserContextOptions = {},
      path = '/',
    ): Promise<{ page: Page; refused: string[] }> {
      const context = await openContext(browser, {
        viewport: PHONE,
        timezoneId: 'America/Sao_Paulo',
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('pageerror', (error) => refused.push(error.message));
      page.on('console', (message) => {
        if (/Content.Security.Policy|Refused to/i.test(message.text())) refused.push(message.text());
      });
      await page.goto(`${address}${path}`);
      return { page, refused };
    }

    describe.each(LANGUAGES)('in %s', (language) => {
      it('takes a registration by keyboard alone, and shows its confirmation', async () => {
        const words = phrases[language].page;
        const { page, refused } = await open({ locale: LOCALE[language] });
        expect(await page.locator('html').getAttribute('lang')).toMatch(new RegExp(`^${language}`));

        await tabTo(page, '#name');
        await page.keyboard.type('Ana Souza');
        await tabTo(page, '#whatsapp_number');
        await page.keyboard.type('+55 11 95550-1234');
        await tabTo(page, '[name=tech_area]');
        await page.keyboard.press('ArrowDown');
        await tabTo(page, '[name=preferred_language]');
        await tabTo(page, '#timezone');
        await tabTo(page, '#question_time');
        await page.keyboard.type('18:30');
        await tabTo(page, '#consent');
        await page.keyboard.press('Space');
        await tabTo(page, 'button[type=submit]');
        await page.keyboard.press('Enter');

        await page.getByRole('heading', { name: words.registered.headline }).waitFor();
        await page.waitForFunction("document.activeElement?.tagName === 'H1'");
        expect(registered).toEqual([
          {
            preferences: {
              name: 'Ana Souza',
              language,
              area: 'python',
              zone: 'America/Sao_Paulo',
              askMinute: 18 * 60 + 30,
            },
            phoneDigits: '5511955501234',
            numberVariants: ['551155501234'],
          },
        ]);
        const link = page.getByRole('link', { name: words.registered.open });
        expect(await link.getAttribute('href')).toContain('https://wa.me/');

        confirmation = 'confirmed';
        await page.getByRole('heading', { name: words.registered.confirmedTitle }).waitFor();
        expect(await page.getByRole('status').textContent()).toContain(words.registered.confirmedTitle);
        expect(await page.getByRole('heading', { name: words.registered.headline }).isVisible()).toBe(false);
        expect(refused).toEqual([]);
      });

      it('leads to each fault and says it beside the field', async () => {
        const { problems, problemsTitle } = phrases[language].page;
        const { page } = await open({ locale: LOCALE[language] });
        await page.locator('#whatsapp_number').fill('12');
        await page.locator('button[type=submit]').press('Enter');

        await page.getByRole('alert').waitFor();
        await page.waitForFunction("document.activeElement?.id === 'problems'");
        expect(await page.title()).toContain(problemsTitle({ count: 4 }));
        expect(await page.locator('#whatsapp_number').inputValue()).toBe('12');
        for (const [field, problem] of [
          ['name', problems.nameMissing],
          ['whatsapp_number', problems.numberInvalid],
          ['tech_area', problems.areaUnknown],
          ['consent', problems.consentMissing],
        ] as const) {
          const link = page.getByRole('alert').getByRole('link', { name: problem });
          await link.press('Enter');
          await page.waitForFunction(`document.activeElement?.id === '${field}'`);
          const invalid = page.locator(`[aria-invalid=true][aria-describedby~=${field}-problem]`);
          expect(await invalid.count()).toBe(1);
          expect(await page.locator(`#${field}-problem`).textContent()).toBe(problem);
        }
      });
    });

    describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
      it.each([
        ['en', PHONE],
        ['es', DESKTOP],
        ['pt', PHONE],
      ] as const)('has nothing that axe finds: %s', async (language, viewport) => {
        const { page } = await open({
          colorScheme,
          viewport,
          locale: LOCALE[language],
          reducedMotion: 'reduce',
        });
        expect(await findings(page), 'the form').toEqual([]);
        await page.locator('button[type=submit]').click();
        await page.getByRole('alert').waitFor();
        expect(await findings(page), 'the form with its problems').toEqual([]);
        await fillIn(page);
        await page.locator('button[type=submit]').click();
        await page.locator('[data-when=pending]').waitFor();
        expect(await findings(page), 'the way to confirm').toEqual([]);
        confirmation = 'confirmed';
        await page.locator('[data-when=confirmed]').waitFor();
        expect(await findings(page), 'confirmed').toEqual([]);
      });
    });

    it('works without any script', async () => {
      const words = phrases.pt.page;
      const { page } = await open({ javaScriptEnabled: false, locale: 'pt-BR' });
      await page.locator('#name').fill('Ana');
      await page.locator('button[type=submit]').click();
      await page.getByText(words.problems.numberMissing).first().waitFor();
      expect(await page.locator('#name').inputValue()).toBe('Ana');

      await page.locator('#country').selectOption('BR');
      await page.locator('#whatsapp_number').fill('11 95550 1234');
      await page.getByLabel('Ruby').check();
      await page.locator('#consent').check();
      await page.locator('button[type=submit]').click();
      await page.getByRole('heading', { name: words.registered.headline }).waitFor();
      expect(registered).toMatchObject([
        {
          phoneDigits: '5511955501234',
          preferences: { area: 'ruby', zone: 'America/Sao_Paulo', askMinute: 540 },
        },
      ]);

      const again = page.getByRole('link', { name: words.registered.refresh });
      await again.click();
      await page.getByRole('heading', { name: words.registered.headline }).waitFor();
      confirmation = 'confirmed';
      await again.click();
      await page.getByRole('heading', { name: words.registered.confirmedTitle }).waitFor();
    });

    it('begins with the time zone and the country of the browser, and says what time it is there', async () => {
      const { page } = await open({ locale: 'en-US', timezoneId: 'America/Bogota' });
      expect(await page.locator('#timezone').inputValue()).toBe('America/Bogota');
      expect(await page.locator('#country').inputValue()).toBe('CO');
      const clock = phrases.en.page.form.zoneNow({ time: '\\d\\d:\\d\\d' });
      expect(await page.locator('#timezone-hint').textContent()).toMatch(new RegExp(`^${clock}$`));
      await page.locator('#timezone').selectOption('');
      expect(await page.locator('#timezone-hint').textContent()).toBe(phrases.en.page.form.zoneHint);
    });

    it('lets a number with plus say its country itself', async () => {
      const { page } = await open({ locale: 'pt-BR' });
      expect(await page.locator('#country').inputValue()).toBe('BR');
      await page.locator('#whatsapp_number').pressSequentially('+52');
      expect(await page.locator('#country').inputValue()).toBe('');
    });

    it('keeps a choice of time zone that was made by hand', async () => {
      const { page } = await open({ locale: 'en' });
      await page.locator('#timezone').selectOption('Europe/Lisbon');
      await page.locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
      expect(await page.locator('#timezone').inputValue()).toBe('Europe/Lisbon');
    });

    it('can be loaded again while it waits, without registering again', async () => {
      const { page } = await open({ locale: 'en' });
      await fillIn(page);
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${address}/registered/ticket-1?lang=en`);
      confirmation = 'dropped';
      await page.reload();
      await page.getByRole('heading', { name: phrases.en.page.registered.droppedTitle }).waitFor();
      expect(registered).toHaveLength(1);
    });

    it('stops asking after ten minutes, and says so', async () => {
      const { page } = await open({ locale: 'en' });
      await page.clock.install();
      await page.goto(`${address}/registered/ticket-1?lang=en`);
      await page.clock.fastForward('11:00');
      await page.locator('#waiting').getByText(phrases.en.page.registered.stoppedWaiting).waitFor();
      let asked = 0;
      page.on('request', () => {
        asked += 1;
      });
      await page.clock.runFor('01:00');
      expect(asked).toBe(0);
    });

    it.each([
      ['the narrowest phones', { width: 320, height: 640 }],
      ['desks', DESKTOP],
    ])('never scrolls sideways on %s', async (_where, viewport) => {
      for (const language of LANGUAGES) {
        const { page } = await open({ viewport, locale: LOCALE[language] });
        expect(await sideways(page), language).toBe(0);
        await page.locator('button[type=submit]').click();
        await page.getByRole('alert').waitFor();
        expect(await sideways(page), language).toBe(0);
        await fillIn(page);
        await page.locator('button[type=submit]').click();
        await page.locator('[data-when=pending]').waitFor();
        expect(await sideways(page), language).toBe(0);
      }
    });
  },
);

async function fillIn(page: Page): Promise<void> {
  await page.locator('#name').fill('Ana Souza');
  await page.locator('#whatsapp_number').fill('+55 11 95550-1234');
  await page.locator('[name=tech_area][value=ruby]').check();
  await page.locator('#consent').check();
}

/** As somebody without a mouse gets there; a field that Tab does not reach fails the test. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function findings(page: Page): Promise<string[]> {
  // Six hundred options, drawn by the browser itself, take axe longer than all the rest.
  const { violations } = await new AxeBuilder({ page }).exclude('option').analyze();
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

function sideways(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
