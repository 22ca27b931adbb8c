import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEFAULT_ASK_MINUTE } from '../../interview/day.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { clockTime } from '../../interview/languages/when.ts';
import { judgeError } from '../http/judge-error.ts';
import { sendText } from '../http/send-text.ts';
import type { AssetPaths } from './assets.ts';
import type { Frame } from './layout.ts';
import { renderRegistrationPage, type Typed } from './page.ts';
import type { Problems } from './read-registration.ts';
import { fieldOf, isForm, languageOf } from './reader.ts';
import { readerCountry } from './reader-language.ts';
import { renderRefusedPage } from './refused-page.ts';
import { type Confirmation, renderRegisteredPage } from './registered-page.ts';

/** Sends the pages of this room, each in its reader's language. */
export function createPages(it: { businessName: string; contact: string | null; assets: AssetPaths }) {
  const { businessName, contact, assets } = it;

  return {
    sendForm(request: FastifyRequest, reply: FastifyReply) {
      return send(
        reply,
        200,
        renderRegistrationPage({ ...frameFor(request), contact, typed: firstTyped(request), problems: {} }),
      );
    },
    sendFaultyForm(request: FastifyRequest, reply: FastifyReply, problems: Problems) {
      return send(
        reply,
        400,
        renderRegistrationPage({ ...frameFor(request), contact, typed: typedAgain(request), problems }),
      );
    },
    sendRegistered(
      request: FastifyRequest,
      reply: FastifyReply,
      { ticket, startLink }: { ticket: string; startLink: string | null },
    ) {
      return sendOutcome(request, reply, { status: 202, ticket, startLink, confirmation: 'pending' });
    },
    sendConfirmation(
      request: FastifyRequest,
      reply: FastifyReply,
      { ticket, confirmation }: { ticket: string; confirmation: Confirmation },
    ) {
      return sendOutcome(request, reply, { status: 200, ticket, startLink: null, confirmation });
    },
    sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: { status: number; sentence: string }) {
      return refusePage(request, reply, refusal);
    },
    /** Errors of pages are pages; everything else goes on to the one shape. */
    answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
      const isPage = isForm(request) || request.routeOptions.url?.startsWith('/api/') === false;
      if (!isPage) throw error;
      const { status } = judgeError(error);
      if (status >= 500) request.log.error({ err: error }, 'page failed');
      const { refused } = phrases[languageOf(request)].page;
      const sentence =
        status === 429 ? refused.tooManyFromHere : status < 500 ? refused.invalid : refused.broken;
      return refusePage(request, reply, { status, sentence });
    },
  };

  function frameFor(request: FastifyRequest): Frame {
    return { language: languageOf(request), businessName, assets };
  }

  function sendOutcome(
    request: FastifyRequest,
    reply: FastifyReply,
    it: { status: number; ticket: string; startLink: string | null; confirmation: Confirmation },
  ) {
    const frame = frameFor(request);
    const ticket = encodeURIComponent(it.ticket);
    const page = renderRegisteredPage({
      ...frame,
      confirmation: it.confirmation,
      startLink: it.startLink,
      statusPath: `/api/users/registrations/${ticket}`,
      pagePath: `/registered/${ticket}?lang=${frame.language}`,
    });
    return send(reply, it.status, page);
  }

  function refusePage(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, sentence }: { status: number; sentence: string },
  ) {
    return send(reply, status, renderRefusedPage({ ...frameFor(request), sentence }));
  }
}

/** Never kept by a browser or a proxy: pages hold what somebody typed, and tickets. */
function send(reply: FastifyReply, status: number, text: string): Promise<FastifyReply> {
  return sendText(reply.code(status).header('cache-control', 'no-store'), { type: 'text/html', text });
}

/** What a link may fill in, such as the one from the demo's phone page, and what can be guessed. */
function firstTyped(request: FastifyRequest): Typed {
  // A plus that was not encoded arrives as a space.
  const number = fieldOf(request.query, 'number').replace(/^ /, '+');
  return {
    name: fieldOf(request.query, 'name'),
    country: number.startsWith('+') ? '' : readerCountry(request.headers['accept-language']),
    whatsapp_number: number,
    preferred_language: languageOf(request),
    tech_area: '',
    timezone: '',
    question_time: clockTime(DEFAULT_ASK_MINUTE),
    consent: '',
  };
}

function typedAgain({ body }: FastifyRequest): Typed {
  return {
    name: fieldOf(body, 'name'),
    country: fieldOf(body, 'country'),
    whatsapp_number: fieldOf(body, 'whatsapp_number'),
    preferred_language: fieldOf(body, 'preferred_language'),
    tech_area: fieldOf(body, 'tech_area'),
    timezone: fieldOf(body, 'timezone'),
    question_time: fieldOf(body, 'question_time'),
    consent: fieldOf(body, 'consent'),
  };
}
