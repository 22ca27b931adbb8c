import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
let logged: string[];
beforeEach(async () => {
  logged = [];
  const logTo = new Writable({
    write(chunk, _encoding, done) {
      logged.push(...String(chunk).split('\n').filter(Boolean));
      done();
    },
  });
  world = await openWorld({ config: { logLevel: 'trace' }, logTo });
});
afterEach(() => world.close());

describe('the service seen from outside', () => {
  it('is alive and ready', async () => {
    expect(await (await world.get('/health/live')).json()).toEqual({ status: 'alive' });
    const ready = await world.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', troubles: [] });
  });

  it('is not ready when its database is gone', async () => {
    await world.breakStore();
    const ready = await world.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'unready', troubles: ['The database does not answer.'] });
  });

  it('counts what it does', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await ana.says(question.modelAnswer);
    expect(await (await world.get('/metrics')).text()).toContain(
      'interview_bot_jobs{name="assess-answer",state="ready"} 1',
    );
    await world.pass({ seconds: 9 });
    const metrics = await (await world.get('/metrics')).text();
    expect(metrics).toMatch(/interview_bot_questions_asked_total\{occasion="confirmed"\} 1/);
    expect(metrics).toMatch(/interview_bot_assessments_total\{grader="offline"\} 1/);
    expect(metrics).toMatch(
      /interview_bot_billed_messages_total\{type="[a-z_]+",category="(utility|service)"\}/,
    );
  });

  it('carries one id from the webhook to the feedback', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    logged.length = 0;
    await ana.answers(question.modelAnswer);
    const lines = logged.map((line) => JSON.parse(line) as { event?: string; kind?: string; trace?: string });
    const traceOf = (event: string, kind?: string) =>
      lines.find((line) => line.event === event && (kind === undefined || line.kind === kind))?.trace;
    const trace = traceOf('webhook received');
    expect(trace).toEqual(expect.any(String));
    expect(traceOf('answer heard')).toBe(trace);
    expect(traceOf('answer assessed')).toBe(trace);
    expect(traceOf('message settled', 'feedback')).toBe(trace);
  });

  it('writes nothing personal into its logs, nor in the clear into its file', async () => {
    const ana = world.learner('Anastasia Petrenko', { number: '5511955501234', language: 'pt' });
    await ana.joins();
    await ana.says('minha resposta secreta com palavras-chave xilofone');
    await world.pass({ seconds: 9 });
    await ana.says('parar');
    const secrets = /Anastasia|Petrenko|955501234|xilofone|EAAEMULATORTOKEN|emulator-app-secret/;
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.filter((line) => secrets.test(line))).toEqual([]);
    expect(await world.holdsInTheClear(/Anastasia|955501234|xilofone/)).toBe(false);
  });

  it('has one shape for every error', async () => {
    for (const path of ['/nowhere', '/api/users/nowhere', '/api/users/registrations/never-was']) {
      const response = await world.get(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        error_code: expect.any(String),
        message: expect.any(String),
        details: expect.any(Object),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        request_id: expect.any(String),
      });
    }
  });

  it('describes its API', async () => {
    expect((await world.get('/api/docs')).status).toBe(200);
    const description = (await (await world.get('/api/openapi.json')).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining(['/api/users/register', '/health/live', '/health/ready']),
    );
  });

  it('stops a flood from one address, but never the webhook or the health checks', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 100; time++) statuses.add((await world.post('/api/users/register', {})).status);
    expect([...statuses].toSorted()).toEqual([400, 429]);
    for (let time = 0; time < 100; time++) expect((await world.get('/health/live')).status).toBe(200);
  });
});
