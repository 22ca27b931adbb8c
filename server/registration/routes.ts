import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Language } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { refuse } from '../http/refuse.ts';
import { confirmationSchema, type RegistrationAccepted, registerSchema } from './api-schema.ts';
import { serveAssets } from './assets.ts';
import { createPages } from './pages.ts';
import { type Problems, readRegistration, type ValidRegistration } from './read-registration.ts';
import { isForm, languageOf } from './reader.ts';
import type { RegisterOutcome } from './register.ts';
import type { Confirmation } from './registered-page.ts';
import { isKnownZone } from './time-zones.ts';

const MINUTES = 60 * 1000;

/** At most `max` requests of one client address per `timeWindow` in milliseconds. */
type Limit = { readonly max: number; readonly timeWindow: number };

export type RegistrationRoutesNeeds = {
  readonly register: (
    registration: ValidRegistration,
    meta: { language: Language; channel: 'page' | 'api' },
  ) => Promise<RegisterOutcome>;
  readonly confirmationOf: (ticket: string) => Promise<Confirmation | null>;
  readonly businessName: string;
  /** The human who erases somebody at once; named in the consent. */
  readonly contact?: string | null;
  /** Where we are reached from outside. Left out, links name the address that the caller used. */
  readonly publicUrl?: string;
  readonly limits?: { readonly register?: Limit; readonly page?: Limit; readonly confirmation?: Limit };
};

/** The registration page and its API. Both post to one address: a form gets a page, JSON gets JSON. */
export function registrationRoutes(needs: RegistrationRoutesNeeds): FastifyPluginAsyncZod {
  const { register, confirmationOf, businessName, contact = null, limits = {} } = needs;

  return async (app) => {
    const pages = createPages({ businessName, contact, assets: serveAssets(app) });
    app.setErrorHandler(pages.answerError);

    app.get('/', { ...limited(limits.page ?? PAGE_LIMIT), schema: { hide: true } }, pages.sendForm);

    app.post(
      '/api/users/register',
      {
        ...limited(limits.register ?? REGISTER_LIMIT),
        schema: registerSchema,
        bodyLimit: LARGEST_BODY,
        // The schema is for the description only: it would stop at the first fault, and speak no Spanish.
        validatorCompiler: () => (value) => ({ value }),
      },
      async (request, reply) => {
        const language = languageOf(request);
        const channel = isForm(request) ? 'page' : 'api';
        const reading = readRegistration(request.body, { isKnownZone });
        if (reading.kind === 'invalid') {
          if (channel === 'page') return pages.sendFaultyForm(request, reply, reading.problems);
          return refuse(reply, invalid(language, reading.problems));
        }
        const outcome = await register(reading.registration, { language, channel });
        switch (outcome.kind) {
          case 'accepted': {
            if (channel === 'page') return pages.sendRegistered(request, reply, outcome);
            const accepted: RegistrationAccepted = {
              status: 'confirmation_pending',
              message: phrases[language].page.registered.pending,
              whatsapp_link: outcome.startLink,
              confirmation_url: `${publicUrlFor(request)}/api/users/registrations/${outcome.ticket}`,
            };
            return reply.code(202).header('cache-control', 'no-store').send(accepted);
          }
          case 'too-many': {
            const sentence = phrases[language].page.refused.tooManyForNumber;
            reply.header('retry-after', A_WHILE_SECONDS);
            if (channel === 'page') return pages.sendRefusal(request, reply, { status: 429, sentence });
            return refuse(reply, { status: 429, error_code: 'too_many_registrations', message: sentence });
          }
          default: {
            const impossible: never = outcome;
            throw new Error(`Unknown outcome ${JSON.stringify(impossible)}`);
          }
        }
      },
    );

    app.get(
      '/api/users/registrations/:ticket',
      {
        ...limited(limits.confirmation ?? CONFIRMATION_LIMIT),
        schema: confirmationSchema,
        // Every open page asks every two seconds.
        logLevel: 'warn',
      },
      async (request, reply) => {
        const status = await confirmationOf(request.params.ticket);
        if (status !== null) return reply.header('cache-control', 'no-store').send({ status });
        const message = phrases[languageOf(request)].page.refused.unknown;
        return refuse(reply, { status: 404, error_code: 'not_found', message });
      },
    );

    app.get(
      '/registered/:ticket',
      { ...limited(limits.page ?? PAGE_LIMIT), schema: { params: confirmationSchema.params, hide: true } },
      async (request, reply) => {
        const { ticket } = request.params;
        const confirmation = await confirmationOf(ticket);
        if (confirmation === null) {
          const sentence = phrases[languageOf(request)].page.refused.unknown;
          return pages.sendRefusal(request, reply, { status: 404, sentence });
        }
        return pages.sendConfirmation(request, reply, { ticket, confirmation });
      },
    );
  };

  function publicUrlFor(request: { protocol: string; host: string }): string {
    return needs.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`;
  }
}

const REGISTER_LIMIT: Limit = { max: 60, timeWindow: 1 * MINUTES };
const PAGE_LIMIT: Limit = { max: 300, timeWindow: 1 * MINUTES };
/** A classroom behind one address, each page asking thirty times a minute. */
const CONFIRMATION_LIMIT: Limit = { max: 1200, timeWindow: 1 * MINUTES };
/** Bytes. The longest honest registration has some six hundred. */
const LARGEST_BODY = 16 * 1024;
const A_WHILE_SECONDS = 60 * 60;

function limited(limit: Limit) {
  return { config: { rateLimit: { ...limit } } };
}

function invalid(language: Language, problems: Problems) {
  const { page } = phrases[language];
  const details = Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field, page.problems[problem]]),
  );
  return { status: 400, error_code: 'validation_failed', message: page.refused.invalid, details };
}
