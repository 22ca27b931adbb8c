import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { errorBody } from '../../contract/error.ts';
import { LANGUAGES, type Language } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import type { ValidRegistration } from './read-registration.ts';
import type { RegisterOutcome } from './register.ts';
import type { Confirmation } from './registered-page.ts';
import { type RegistrationRoutesNeeds, registrationRoutes } from './routes.ts';

const ANA = {
  name: 'Ana Souza',
  whatsapp_number: '+55 11 95550-1234',
  preferred_language: 'pt',
  tech_area: 'python',
  consent: true,
};
const START_LINK = 'https://wa.me/15550001234?text=START%20K7QX2MBC';

const open: HttpServer[] = [];
const lines: string[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
  lines.length = 0;
});

type Registered = { registration: ValidRegistration; language: Language; channel: 'page' | 'api' };

async function room(
  it: Partial<RegistrationRoutesNeeds> & {
    outcome?: RegisterOutcome;
    confirmation?: Confirmation | null;
  } = {},
) {
  const registered: Registered[] = [];
  const app = await createHttpServer({
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    production: false,
    trustProxy: false,
    publicUrl: 'https://bot.example',
    newRequestId: () => 'request-0001',
  });
  open.push(app);
  const {
    outcome = { kind: 'accepted', ticket: 'ticket-1', startLink: START_LINK },
    confirmation = 'pending',
  } = it;
  await app.register(
    registrationRoutes({
      register: async (registration, meta) => {
        registered.push({ registration, ...meta });
        return outcome;
      },
      confirmationOf: async (ticket) => (ticket === 'ticket-1' ? confirmation : null),
      businessName: 'Treino & Cia',
      publicUrl: 'https://bot.example/',
      ...it,
    }),
  );
  const post = (payload: object, headers: Record<string, string> = {}, query = '') =>
    app.inject({ method: 'POST', url: `/api/users/register${query}`, payload, headers });
  const postForm = (fields: Record<string, string>, query = '?lang=en') =>
    app.inject({
      method: 'POST',
      url: `/api/users/register${query}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  return { app, registered, post, postForm };
}

describe('A registration by a program', () => {
  it('is accepted, pending the word of the number’s owner', async () => {
    const { post, registered } = await room();
    const answer = await post({ ...ANA, timezone: 'America/Bahia', question_time: '18:00' });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      status: 'confirmation_pending',
      message: phrases.pt.page.registered.pending,
      whatsapp_link: START_LINK,
      confirmation_url: 'https://bot.example/api/users/registrations/ticket-1',
    });
    expect(registered).toEqual([
      {
        registration: {
          preferences: {
            name: 'Ana Souza',
            language: 'pt',
            area: 'python',
            zone: 'America/Bahia',
            askMinute: 1080,
          },
          phoneDigits: '5511955501234',
          numberVariants: ['551155501234'],
        },
        language: 'pt',
        channel: 'api',
      },
    ]);
  });

  it('gets no link while our own number is unknown', async () => {
    const { post } = await room({ outcome: { kind: 'accepted', ticket: 'ticket-1', startLink: null } });
    expect((await post(ANA)).json()).toMatchObject({ whatsapp_link: null });
  });

  it.each(LANGUAGES)(
    'is told what is wrong, field by field, in the language of the reader: %s',
    async (language) => {
      const { post, registered } = await room();
      const answer = await post(
        { ...ANA, whatsapp_number: '+55', consent: false },
        { 'accept-language': language },
      );
      expect(answer.statusCode).toBe(400);
      const { problems } = phrases[language].page;
      expect(errorBody.parse(answer.json())).toMatchObject({
        error_code: 'validation_failed',
        details: { whatsapp_number: problems.numberInvalid, consent: problems.consentMissing },
      });
      expect(registered).toEqual([]);
    },
  );

  it('meets 429 when its number was registered too often', async () => {
    const { post } = await room({ outcome: { kind: 'too-many' } });
    const answer = await post(ANA);
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(errorBody.parse(answer.json()).error_code).toBe('too_many_registrations');
  });

  it('meets 429 when it floods from one address, whatever it sends', async () => {
    const { post, registered } = await room({ limits: { register: { max: 2, timeWindow: 60_000 } } });
    await post(ANA);
    await post({});
    const answer = await post(ANA);
    expect(answer.statusCode).toBe(429);
    expect(errorBody.parse(answer.json()).error_code).toBe('rate_limited');
    expect(registered).toHaveLength(1);
  });

  it.each([
    ['broken JSON', 'application/json', '{"name":', 400],
    [
      'a body that no honest learner sends',
      'application/json',
      JSON.stringify({ name: 'x'.repeat(20_000) }),
      413,
    ],
    ['another kind of body', 'text/plain', 'Ana', 415],
  ])('is refused in the one shape with %s', async (_what, type, payload, status) => {
    const { app } = await room();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/users/register',
      headers: { 'content-type': type },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    errorBody.parse(answer.json());
  });

  it('leaves nothing personal in the log, not even when it breaks', async () => {
    const { app, post } = await room({
      register: async () => {
        throw new Error('database gone');
      },
    });
    expect((await post(ANA)).statusCode).toBe(500);
    await app.inject('/?number=%2B5511955501234&name=Ana');
    expect(lines.join('')).toContain('database gone');
    expect(lines.join('')).not.toMatch(/Ana|5501234|95550/);
  });

  it('is described for other programs', async () => {
    const { app } = await room();
    const { paths, components } = (await app.inject('/api/openapi.json')).json();
    expect(Object.keys(paths).sort()).toEqual(['/api/users/register', '/api/users/registrations/{ticket}']);
    expect(JSON.stringify(paths['/api/users/register'].post.responses['400'])).toContain('Error');
    expect(JSON.stringify(components.schemas)).toContain('confirmation_pending');
  });
});

describe('The state of a registration', () => {
  it.each(['pending', 'confirmed', 'dropped'] as const)(
    'is told to who holds its ticket: %s',
    async (confirmation) => {
      const { app } = await room({ confirmation });
      const answer = await app.inject('/api/users/registrations/ticket-1');
      expect(answer.json()).toEqual({ status: confirmation });
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('is told to nobody else', async () => {
    const { app } = await room();
    const answer = await app.inject('/api/users/registrations/guessed');
    expect(answer.statusCode).toBe(404);
    expect(errorBody.parse(answer.json()).error_code).toBe('not_found');
    expect((await app.inject('/registered/guessed?lang=es')).body).toContain(phrases.es.page.refused.unknown);
  });

  it('is a page too, for browsers without script', async () => {
    const { app } = await room({ confirmation: 'confirmed' });
    const page = (await app.inject('/registered/ticket-1?lang=es')).body;
    expect(page).toContain('data-state="confirmed"');
    expect(page).toContain(phrases.es.page.registered.confirmedTitle);
  });
});

describe('The page', () => {
  it.each(LANGUAGES)('speaks %s and names who will write', async (language) => {
    const { app } = await room({ contact: 'ana@treino.example' });
    const answer = await app.inject({ url: '/', headers: { 'accept-language': language } });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(phrases[language].page.headline);
    expect(answer.body).toContain(phrases[language].page.consent({ business: 'Treino &#38; Cia' }));
    expect(answer.body).toContain('ana@treino.example');
    expect(answer.body).not.toMatch(/type="checkbox"[^>]* checked/);
    expect(answer.body).not.toMatch(/undefined|\[object/);
  });

  it('takes what a link fills in, as text', async () => {
    const { app } = await room();
    const { body } = await app.inject('/?lang=pt&number=%2B5511955501234&name=%3Cscript%3E%22Ana');
    expect(body).toContain('value="+5511955501234"');
    expect(body).toContain('value="&#60;script&#62;&#34;Ana"');
    expect(body).not.toContain('<script>"Ana');
  });

  it('weighs less than 60 kB with its style and script, even where nothing is compressed', async () => {
    const { app } = await room();
    const page = await app.inject('/?lang=pt');
    const parts = await Promise.all(assetsOf(page.body).map((path) => app.inject(path)));
    expect(parts.map((part) => part.statusCode)).toEqual([200, 200]);
    const bytes = [page, ...parts].reduce((sum, part) => sum + part.rawPayload.length, 0);
    expect(bytes).toBeLessThan(60_000);

    const gzipped = await app.inject({ url: '/?lang=pt', headers: { 'accept-encoding': 'gzip, br' } });
    expect(gzipped.headers['content-encoding']).toBe('gzip');
    expect(gzipped.rawPayload.length).toBeLessThan(page.rawPayload.length / 2);
    const refusing = await app.inject({
      url: '/?lang=pt',
      headers: { 'accept-encoding': 'gzip;q=0, identity' },
    });
    expect(refusing.headers['content-encoding']).toBeUndefined();
  });

  it('keeps its style and script for good, and itself not at all', async () => {
    const { app } = await room();
    const page = await app.inject('/');
    expect(page.headers['cache-control']).toBe('no-store');
    for (const path of assetsOf(page.body)) {
      expect((await app.inject(path)).headers['cache-control']).toContain('immutable');
    }
  });

  it('has nothing inline and nothing from elsewhere', async () => {
    const { app, postForm } = await room();
    for (const body of [(await app.inject('/')).body, (await postForm(FORM)).body]) {
      expect(body).not.toMatch(/ style=| on[a-z]+=|<style|<script>/);
      expect(body.match(/(?:src|href)="https?:[^"]*"/g) ?? []).toEqual(
        body.includes('wa.me') ? [`href="${START_LINK.replaceAll('=', '&#61;')}"`] : [],
      );
    }
  });
});

const FORM = { ...ANA, consent: 'on', timezone: '', question_time: '09:00', country: '' };

describe('A registration by the form', () => {
  it('is answered with a page, and says in which language consent was given', async () => {
    const { postForm, registered } = await room();
    const answer = await postForm(FORM, '?lang=es');
    expect(answer.statusCode).toBe(202);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(phrases.es.page.registered.headline);
    expect(answer.body).toContain('href="/registered/ticket-1?lang&#61;es"');
    expect(answer.body).toContain('<svg');
    expect(registered).toMatchObject([{ language: 'es', channel: 'page' }]);
  });

  it('reads a number without plus by the chosen country', async () => {
    const { postForm, registered } = await room();
    await postForm({ ...FORM, whatsapp_number: '11 95550 1234', country: 'BR' });
    expect(registered[0]?.registration.phoneDigits).toBe('5511955501234');
  });

  it('offers the button in our message when there is no link to offer', async () => {
    const { postForm } = await room({ outcome: { kind: 'accepted', ticket: 'ticket-1', startLink: null } });
    const { body } = await postForm(FORM);
    expect(body).not.toContain('wa.me');
    expect(body).toContain(phrases.en.page.registered.tapTitle({ start: 'Start' }));
  });

  it('comes back with every value kept and a sentence beside each fault', async () => {
    const { postForm, registered } = await room();
    const answer = await postForm(
      {
        name: 'Ana "Souza"',
        country: 'BR',
        whatsapp_number: '123',
        preferred_language: 'es',
        tech_area: 'ruby',
        timezone: 'Mars/Olympus',
        question_time: '07:20',
      },
      '?lang=pt',
    );
    expect(answer.statusCode).toBe(400);
    const { problems } = phrases.pt.page;
    for (const kept of [
      'value="Ana &#34;Souza&#34;"',
      'value="123"',
      '<option value="BR" selected>',
      'value="es" checked',
      'value="ruby" checked',
      '<option value="Mars/Olympus" selected>',
      '<option value="07:20" selected>',
    ]) {
      expect(answer.body).toContain(kept);
    }
    for (const [field, sentence] of [
      ['whatsapp_number', problems.numberInvalid],
      ['timezone', problems.zoneUnknown],
      ['consent', problems.consentMissing],
    ]) {
      expect(answer.body).toContain(`<a href="#${field}">${sentence}</a>`);
      expect(answer.body).toContain(`<p class="problem" id="${field}-problem">${sentence}</p>`);
    }
    expect(registered).toEqual([]);
  });

  it.each([
    [
      'the number was registered too often',
      { outcome: { kind: 'too-many' } as const },
      429,
      'tooManyForNumber',
    ],
    [
      'one address floods us',
      { limits: { register: { max: 0, timeWindow: 60_000 } } },
      429,
      'tooManyFromHere',
    ],
    [
      'we break',
      {
        register: async () => {
          throw new Error('database gone');
        },
      },
      500,
      'broken',
    ],
  ] as const)('is answered with a page when %s', async (_why, needs, status, sentence) => {
    const { postForm } = await room(needs);
    const answer = await postForm(FORM, '?lang=pt');
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(phrases.pt.page.refused[sentence]);
  });
});

function assetsOf(page: string): string[] {
  return [...page.matchAll(/"(?<path>\/assets\/[^"]+)"/g)].map((found) => found.groups?.path ?? '');
}
