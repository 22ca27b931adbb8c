import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { launchChromium, openContext, withoutChromium } from '../../test/chromium.ts';
import { createHttpServer, type HttpServer } from './server.ts';

const missing = withoutChromium();

describe.skipIf(missing !== null)(`The page of the API${missing === null ? '' : `. ${missing}`}`, () => {
  let browser: Browser;
  let app: HttpServer;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await createHttpServer({
      log: pino({ level: 'silent' }),
      production: false,
      trustProxy: false,
      publicUrl: 'http://localhost',
      newRequestId: () => 'request-0001',
    });
    app.get(
      '/learners',
      { schema: { summary: 'All learners', response: { 200: z.array(z.string()) } } },
      async () => [],
    );
  });

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('works under the same strict policy as every other page', async () => {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const context = await openContext(browser);
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') broken.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data:|http:\/\/127\.0\.0\.1)/.test(request.url())) broken.push(`asks for ${request.url()}`);
    });
    await page.goto(`${address}/api/docs`);
    await page.getByText('All learners').click();
    await page.getByRole('button', { name: 'Try it out' }).waitFor();
    expect(broken).toEqual([]);
  });
});
