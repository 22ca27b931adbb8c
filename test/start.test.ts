import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interview-bot-start-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  it('with half of the credentials says what is missing, a sentence each, and exits with 78', async () => {
    const { code, output } = await run({ WHATSAPP_TOKEN: 'token', WHATSAPP_PHONE_NUMBER_ID: '1' });
    expect(code).toBe(78);
    for (const name of ['WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_APP_SECRET', 'ENCRYPTION_KEYS', 'CONTACT']) {
      expect(output).toContain(`- ${name}: is missing.`);
    }
    expect(output).not.toMatch(/at .*\.ts:\d+/);
  });

  it('without credentials is the demo: prints where everything is, and closes in good order on Ctrl-C', async () => {
    const [port, emulatorPort] = [await freePort(), await freePort()];
    const child = start({ PORT: String(port), EMULATOR_PORT: String(emulatorPort) });
    await child.prints('Ctrl-C closes it');
    expect(child.output()).toContain('DEMO');
    expect(child.output()).toContain(`http://localhost:${emulatorPort}`);
    expect(child.output()).toContain(`http://localhost:${port}`);
    expect(child.output()).toContain('/health/ready');
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${emulatorPort}/`)).text()).toContain('practice phones');
    child.process.kill('SIGINT');
    const [code] = await once(child.process, 'exit');
    expect(code).toBe(0);
    expect(child.output()).toContain('closing');
  });

  it('goes on when nobody reads what it prints any more', async () => {
    const [port, emulatorPort] = [await freePort(), await freePort()];
    const child = start({ PORT: String(port), EMULATOR_PORT: String(emulatorPort) });
    await child.prints('Ctrl-C closes it');
    child.process.stdout?.destroy();
    child.process.stderr?.destroy();
    const register = (number: string) =>
      fetch(`http://127.0.0.1:${port}/api/users/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Ana',
          whatsapp_number: number,
          preferred_language: 'pt',
          tech_area: 'ruby',
          consent: true,
        }),
      });
    // Each of them would print a line.
    for (const number of ['+5511955501234', '+12025550199', '+525555550123']) {
      expect((await register(number)).status).toBe(202);
    }
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
  });

  it('on a SQLite file that another process works on says so, and starts once that one was killed', async () => {
    const ports = async () => ({ PORT: String(await freePort()), EMULATOR_PORT: String(await freePort()) });
    const first = start(await ports());
    await first.prints('Ctrl-C closes it');
    const { code, output } = await run(await ports());
    expect(code).toBe(78);
    expect(output).toMatch(
      /^Another process works on .*bot\.db already\. One SQLite file takes one process: /m,
    );
    expect(output).not.toMatch(/at .*\.ts:\d+/);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    await start(await ports()).prints('Ctrl-C closes it');
  });

  it('on a port that is taken says so in a sentence', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, output } = await run({ PORT: String(port), EMULATOR_PORT: String(await freePort()) });
    squatter.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken`);
    expect(output).not.toMatch(/at .*\.ts:\d+/);
  });
});

async function run(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = start(environment);
  const [code] = await once(child.process, 'exit');
  return { code: Number(code), output: child.output() };
}

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  const { promise, resolve } = Promise.withResolvers<void>();
  let wanted: string | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
      if (wanted !== null && output.includes(wanted)) resolve();
    });
  }
  return {
    process: child,
    output: () => output,
    prints(text: string): Promise<void> {
      wanted = text;
      if (output.includes(text)) resolve();
      return promise;
    },
  };
}
