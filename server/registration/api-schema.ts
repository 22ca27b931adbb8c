import { z } from 'zod';
import { errorBody } from '../../contract/error.ts';
import { AREAS } from '../../interview/areas.ts';
import { LANGUAGES } from '../../interview/languages/language.ts';

/** What to post, for the description of the API. The reading itself is `readRegistration`, which finds every fault at once. */
const registrationRequest = z
  .object({
    name: z.string().max(80).meta({ description: 'How to greet the learner.', example: 'Ana Souza' }),
    whatsapp_number: z.string().meta({
      description: 'The number with + and country code; spaces, dashes and parentheses are tolerated.',
      example: '+55 11 95550-1234',
    }),
    preferred_language: z.enum(LANGUAGES),
    tech_area: z.enum(AREAS),
    timezone: z.string().optional().meta({
      description: 'IANA name. Left out, the main time zone of the number’s country.',
      example: 'America/Sao_Paulo',
    }),
    question_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('09:00')
      .meta({ description: 'By the learner’s own clock, HH:MM.' }),
    consent: z
      .literal(true)
      .meta({ description: 'The learner agreed to be written to. Nothing else is accepted.' }),
  })
  .meta({ id: 'RegistrationRequest' });

const registrationAccepted = z
  .object({
    status: z.literal('confirmation_pending'),
    message: z.string(),
    whatsapp_link: z.url().nullable().meta({
      description: 'Opens WhatsApp with a one-time code typed in; null while our own number is unknown.',
    }),
    confirmation_url: z.url().meta({ description: 'Tells whether the owner of the number has confirmed.' }),
  })
  .meta({ id: 'RegistrationAccepted' });

const confirmationStatus = z
  .object({ status: z.enum(['pending', 'confirmed', 'dropped']) })
  .meta({ id: 'ConfirmationStatus' });

export type RegistrationAccepted = z.infer<typeof registrationAccepted>;

export const registerSchema = {
  tags: ['registration'],
  summary: 'Register a learner',
  description:
    'The answer is the same for known and unknown numbers. Nothing is sent daily before the owner of the number confirms on WhatsApp. Sentences come in the language of `?lang=`, `Accept-Language` or `preferred_language`.',
  querystring: z.object({ lang: z.string().optional() }),
  body: registrationRequest,
  response: { 202: registrationAccepted, 400: errorBody, 413: errorBody, 415: errorBody, 429: errorBody },
};

export const confirmationSchema = {
  tags: ['registration'],
  summary: 'Ask whether a registration was confirmed',
  params: z.object({ ticket: z.string() }),
  response: { 200: confirmationStatus, 404: errorBody, 429: errorBody },
};
