import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManagement, type Management } from './management.ts';

const TOKEN = 'EAAEMULATORTOKEN';
const ACCOUNT = '110220330440550';

let server: Server;
let management: Management;
let requests: { method: string; url: string; authorization: string | undefined; body: unknown }[];
let answers: (url: string) => { status: number; body: unknown; date?: string };

beforeEach(async () => {
  requests = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const text = Buffer.concat(chunks).toString();
    requests.push({
      method,
      url,
      authorization: headers.authorization,
      body: text === '' ? null : JSON.parse(text),
    });
    const { status, body, date } = answers(url);
    if (date !== undefined) response.setHeader('date', date);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  management = managementOf({});
});
afterEach(async () => {
  await management.close();
  server.closeAllConnections();
  server.close();
});

describe('the management side of the door', () => {
  it('reads a list to its last page', async () => {
    const template = (id: string) => ({ id, name: `t${id}`, language: 'en' });
    answers = (url) =>
      url.includes('after=NEXT')
        ? { status: 200, body: { data: [template('3')], paging: { cursors: { after: 'LAST' } } } }
        : {
            status: 200,
            body: {
              data: [template('1'), template('2')],
              paging: { cursors: { after: 'NEXT' }, next: 'https://elsewhere.test/' },
            },
          };
    const templates = await management.templates();
    expect(templates).toMatchObject({ kind: 'known', value: [{ id: '1' }, { id: '2' }, { id: '3' }] });
    expect(requests).toHaveLength(2);
  });

  it('uses the token of the business for its own, that of the app for the app, none for the probe', async () => {
    answers = () => ({ status: 200, body: {} });
    await management.number();
    await management.appSubscription();
    await management.probeVersion();
    expect(requests.map((it) => it.authorization)).toEqual([
      `Bearer ${TOKEN}`,
      'Bearer 330440550660770|emulator-app-secret',
      undefined,
    ]);
  });

  it('keeps the token out of what it says of a failure', async () => {
    const message = `Malformed access token ${TOKEN}`;
    answers = () => ({ status: 401, body: { error: { code: 190, message } } });
    const account = await management.account();
    expect(account).toMatchObject({ kind: 'failed', failure: { class: 'operator', code: 190 } });
    expect(JSON.stringify(account)).not.toContain(TOKEN);
  });

  it('says which setting it lacks instead of calling nowhere', async () => {
    await management.close();
    management = managementOf({ businessAccountId: null, appId: null });
    const sentences = [await management.templates(), await management.token()].map((answer) =>
      answer.kind === 'failed' ? answer.failure.sentence : null,
    );
    expect(sentences).toEqual([
      expect.stringContaining('WHATSAPP_BUSINESS_ACCOUNT_ID is not set'),
      expect.stringContaining('WHATSAPP_APP_ID is not set'),
    ]);
    expect(requests).toEqual([]);
  });

  it('takes what Meta leaves out, and does not take what is no answer', async () => {
    answers = () => ({ status: 200, body: { id: 220330440550660, something: 'new', status: { is: 'odd' } } });
    expect(await management.number()).toMatchObject({
      kind: 'known',
      value: { id: '220330440550660', status: null, tier: null, health: null },
    });
    answers = () => ({ status: 200, body: '<html>' });
    expect(await management.number()).toMatchObject({ kind: 'failed' });
    answers = () => ({ status: 200, body: { success: false } });
    expect(await management.subscribeAccount()).toMatchObject({ kind: 'failed' });
  });

  it('deletes one language of a template by its id and name', async () => {
    answers = () => ({ status: 200, body: { success: true } });
    expect(await management.deleteTemplate({ name: 'hello', id: '7' })).toEqual({
      kind: 'known',
      value: null,
    });
    expect(requests[0]).toMatchObject({
      method: 'DELETE',
      url: `/v25.0/${ACCOUNT}/message_templates?hsm_id=7&name=hello`,
    });
  });

  it('tells what time it is at Meta, whatever was answered there', async () => {
    const body = { error: { code: 2500, message: 'An active access token must be used' } };
    answers = () => ({ status: 400, body, date: 'Mon, 23 Nov 2026 12:00:00 GMT' });
    expect(await management.probeVersion()).toEqual({
      kind: 'known',
      value: { isAlive: true, timeThere: Date.parse('2026-11-23T12:00:00Z') },
    });
  });
});

function managementOf(change: { businessAccountId?: null; appId?: null }): Management {
  return createManagement({
    token: TOKEN,
    phoneNumberId: '220330440550660',
    businessAccountId: ACCOUNT,
    appId: '330440550660770',
    appSecret: 'emulator-app-secret',
    apiBaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiVersion: 'v25.0',
    ...change,
  });
}
