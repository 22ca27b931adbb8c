import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import { freePort } from './free-port.ts';

const TEMPLATES = 12;

let folder: string;
let emulator: Emulator;
let environment: Record<string, string>;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interview-bot-command-line-'));
  const port = await freePort();
  const account = {
    token: 'EAAEMULATORTOKEN',
    appSecret: 'emulator-app-secret',
    verifyToken: 'emulator-verify-token',
    phoneNumberId: '220330440550660',
    businessAccountId: '110220330440550',
    appId: '330440550660770',
  };
  emulator = createEmulator({
    ...account,
    port: 0,
    businessNumber: '15550100200',
    businessName: 'Interview Bot',
    webhookUrl: null,
    registrationUrl: null,
    pageRoot: null,
    now: Date.now,
  });
  const { url } = await emulator.start();
  environment = {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
    WHATSAPP_TOKEN: account.token,
    WHATSAPP_PHONE_NUMBER_ID: account.phoneNumberId,
    WHATSAPP_VERIFY_TOKEN: account.verifyToken,
    WHATSAPP_APP_SECRET: account.appSecret,
    WHATSAPP_BUSINESS_ACCOUNT_ID: account.businessAccountId,
    WHATSAPP_APP_ID: account.appId,
    WHATSAPP_API_BASE_URL: url,
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    CONTACT: 'help@bot.test',
    LOG_LEVEL: 'error',
  };
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('npm run bot', () => {
  it('leads from new credentials to a set-up without fault, and a message arrives', async () => {
    await startService();
    await until(
      () => emulator.templates.list().filter((it) => it.status === 'APPROVED').length === TEMPLATES,
      'the templates are approved',
    );
    const before = await bot('doctor');
    expect(before.code).toBe(1);
    expect(before.output).toContain('→ npm run bot -- webhook set');

    const set = await bot('webhook', 'set');
    expect(set).toEqual({
      code: 0,
      output: expect.stringContaining(`${environment.PUBLIC_URL}/webhooks/whatsapp`),
    });
    expect((await bot('webhook', 'show')).output).toMatch(/account +heard of/);
    const profile = [
      '--email',
      'help@bot.test',
      '--website',
      'https://bot.test',
      '--about',
      'A question a day',
    ];
    expect((await bot('profile', 'set', ...profile)).code).toBe(0);
    expect((await bot('profile', 'show')).output).toMatch(/websites +https:\/\/bot\.test/);
    expect((await bot('number', 'register', '--pin', '246810')).code).toBe(0);

    const after = await bot('doctor');
    expect(after).toEqual({ code: 0, output: expect.stringContaining('All is well.') });
    expect(after.output).toMatch(/✓ daily limit +0 learners are active; the limit is 250 people a day\./);
    // Nobody looks at a terminal here.
    expect(after.output).not.toContain('\u001b[');
    const report = JSON.parse((await bot('doctor', '--json')).output);
    expect(report.ok).toBe(true);
    expect(report.checks).toHaveLength(16);

    emulator.phone('5511955501234', { name: 'Ana' }).say('oi');
    await until(
      () => emulator.webhooks.some((it) => it.kinds.includes('message:text') && it.status === 200),
      'the service has taken the message',
    );
  });

  it('pushes templates until there is nothing to do', async () => {
    emulator.templates.addApproved({
      name: 'hello_world',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Welcome and congratulations' }],
    });
    emulator.templates.addApproved({
      name: 'daily_question_teaser',
      language: 'en',
      category: 'UTILITY',
      parameter_format: 'named',
      components: [
        {
          type: 'BODY',
          text: 'Hi {{first_name}}, something is ready.',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ana' }] },
        },
      ],
    });
    const plan = await bot('templates', 'plan');
    expect(plan.code).toBe(0);
    expect(plan.output).toContain('- Hi {{first_name}}, something is ready.');
    expect(plan.output).toMatch(/create +welcome \(pt_PT\)/);
    expect(plan.output).toMatch(/change +daily_question_teaser \(en\)/);
    expect(plan.output).toMatch(/left alone +hello_world \(en_US\)/);
    expect(emulator.templates.list()).toHaveLength(2);

    const first = await bot('templates', 'push');
    expect(first.code).toBe(0);
    expect(first.output.match(/: created, PENDING\./g)).toHaveLength(TEMPLATES - 1);
    expect(first.output).toContain('daily_question_teaser (en): changed');
    emulator.tick();
    expect(await bot('templates', 'push')).toEqual({ code: 0, output: 'Nothing to do.\n' });
    const status = await bot('templates', 'status');
    expect(status.output).toMatch(/^welcome +pt_PT +APPROVED +UTILITY +UNKNOWN$/m);
    expect(status.output).toMatch(/^hello_world +en_US .*not of this program$/m);
    expect((await bot('templates', 'delete', 'welcome', '--language', 'en')).output).toContain('is needed');
    expect((await bot('templates', 'delete', 'hello_world', '--language', 'en_US')).code).toBe(0);
    expect(emulator.templates.list()).toHaveLength(TEMPLATES);
  });

  it('passes on that an approved template was changed less than a day ago', async () => {
    expect((await bot('templates', 'push')).code).toBe(0);
    emulator.tick();
    const other = { components: [{ type: 'BODY', text: 'Somebody typed this into the manager' }] };
    const { id } = emulator.templates.list().find((it) => it.name === 'welcome' && it.language === 'es')!;
    const edited = await fetch(`${environment.WHATSAPP_API_BASE_URL}/v25.0/${id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${environment.WHATSAPP_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(other),
    });
    expect(edited.status).toBe(200);
    emulator.tick();
    const pushed = await bot('templates', 'push');
    expect(pushed.code).toBe(1);
    expect(pushed.output).toContain('welcome (es) was not changed.');
    expect(pushed.output).toContain('Meta says: An approved template can be edited only once in 24 hours.');
  });

  it('says what stands in the way when nobody answers the handshake', async () => {
    const { code, output } = await bot('webhook', 'set');
    expect(code).toBe(1);
    expect(output).toContain('Meta could not shake hands with the service, so nothing was changed.');
    expect(output).toContain('Start the service (npm start)');
  });

  it('sets no webhook at an address that is not https', async () => {
    environment.PUBLIC_URL = 'http://bot.test';
    const { code, output } = await bot('webhook', 'set');
    expect(code).toBe(78);
    expect(output).toContain('is not https');
  });

  it('names the ids that are missing for a command, and exits with 78', async () => {
    delete environment.WHATSAPP_APP_ID;
    delete environment.WHATSAPP_BUSINESS_ACCOUNT_ID;
    const { code, output } = await bot('webhook', 'set');
    expect(code).toBe(78);
    expect(output).toContain('- WHATSAPP_APP_ID: is missing.');
    expect(output).toContain('- WHATSAPP_BUSINESS_ACCOUNT_ID: is missing.');
    expect((await bot('templates', 'plan')).code).toBe(78);
  });

  it('refuses half of the credentials as the service does, and says in one sentence that the demo has none', async () => {
    environment = { WHATSAPP_TOKEN: 'token' };
    const half = await bot('doctor');
    expect(half.code).toBe(78);
    expect(half.output).toContain('- WHATSAPP_APP_SECRET: is missing.');
    environment = {};
    const none = await bot('doctor');
    expect(none.code).toBe(78);
    expect(none.output.trim().split('\n')).toEqual([expect.stringContaining('need its credentials')]);
  });
});

async function bot(...command: string[]): Promise<{ code: number; output: string }> {
  const child = start('cli/main.ts', command);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const [code] = await once(child, 'close');
  return { code: Number(code), output };
}

async function startService(): Promise<void> {
  const child = start('start.ts', []);
  child.stdout.resume();
  child.stderr.resume();
  const url = `${environment.PUBLIC_URL}/health/ready`;
  await until(
    () =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      ),
    'the service is ready',
  );
}

function start(file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = Date.now() + 50_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`still waiting until ${what}`);
    await sleep(50);
  }
}
