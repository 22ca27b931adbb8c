import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const KEY = Buffer.alloc(32, 1).toString('base64');
const COMPLETE = {
  WHATSAPP_TOKEN: 'token',
  WHATSAPP_PHONE_NUMBER_ID: '220330440550660',
  WHATSAPP_VERIFY_TOKEN: 'verify',
  WHATSAPP_APP_SECRET: 'secret',
  ENCRYPTION_KEYS: `k1:${KEY}`,
  CONTACT: 'help@bot.test',
};

describe('the configuration', () => {
  it('without WhatsApp credentials is the demo, on this machine only', () => {
    expect(readConfig({})).toMatchObject({
      kind: 'demo',
      emulatorPort: 3001,
      settings: {
        host: '127.0.0.1',
        port: 3000,
        publicUrl: 'http://localhost:3000',
        openai: null,
        encryptionKeys: null,
      },
    });
  });

  it('with all of them is the service, open to others', () => {
    expect(readConfig(COMPLETE)).toMatchObject({
      kind: 'service',
      config: {
        host: '0.0.0.0',
        whatsapp: { apiBaseUrl: 'https://graph.facebook.com', apiVersion: 'v25.0', messagesPerSecond: 20 },
        businessName: 'Interview Bot',
        contact: 'help@bot.test',
        dispatchGraceMs: 90_000,
        extraQuestionsPerDay: 3,
      },
    });
  });

  it('names every missing setting at once, one sentence each', () => {
    const wanted = readConfig({ WHATSAPP_TOKEN: 'token' });
    expect(wanted.kind === 'refused' && wanted.problems.map((problem) => problem.split(':')[0])).toEqual([
      'WHATSAPP_PHONE_NUMBER_ID',
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_APP_SECRET',
      'ENCRYPTION_KEYS',
      'CONTACT',
    ]);
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ ...COMPLETE, WHATSAPP_APP_SECRET: '' })).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'bot.example.com'],
    ['DATABASE_URL', 'mysql://localhost/bot'],
    ['ROLES', 'web'],
    ['ROLES', 'web,cook'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+1 555 010 0200'],
    ['WHATSAPP_API_VERSION', '25'],
    ['WHATSAPP_MESSAGES_PER_SECOND', '0'],
    ['OPENAI_API', 'completions'],
    ['ENCRYPTION_KEYS', 'k1:tooshort'],
    ['ENCRYPTION_KEYS', `k1:${KEY},k1:${KEY}`],
    ['LOG_LEVEL', 'loud'],
    ['DEBUG', 'perhaps'],
    ['DISPATCH_GRACE_SECONDS', '-1'],
    ['METRICS_TOKEN', 'short'],
  ])('refuses %s=%s with a sentence that names it', (name, value) => {
    const wanted = readConfig({ ...COMPLETE, [name]: value });
    expect(wanted.kind === 'refused' && wanted.problems).toEqual([
      expect.stringMatching(new RegExp(`^${name}: `)),
    ]);
  });

  it.each([
    ['sqlite:./folder/bot.db', join(import.meta.dirname, '../folder/bot.db')],
    ['sqlite:///./file.db', join(import.meta.dirname, '../file.db')],
    ['sqlite:/var/lib/bot.db', '/var/lib/bot.db'],
    ['sqlite:///var/lib/bot.db', '/var/lib/bot.db'],
  ])('reads %s from the project’s root', (value, file) => {
    expect(readConfig({ ...COMPLETE, DATABASE_URL: value })).toMatchObject({
      config: { database: { kind: 'sqlite', file } },
    });
  });

  it('reads a PostgreSQL url with the size of the pool', () => {
    const url = 'postgres://bot:secret@db.example.org/bot';
    expect(readConfig({ ...COMPLETE, DATABASE_URL: url, DATABASE_CONNECTIONS: '8' })).toMatchObject({
      config: { database: { kind: 'postgres', url, connections: 8 } },
    });
  });

  it('never shows a secret in a sentence', () => {
    const wanted = readConfig({ ...COMPLETE, ENCRYPTION_KEYS: 'k1:c2VjcmV0', CONTACT: '' });
    expect(JSON.stringify(wanted)).not.toContain('c2VjcmV0');
  });
});
