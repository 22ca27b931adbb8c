import { type JsonObject, textAt } from '../json-object.ts';
import { DONE, type GraphAnswer, type GraphRoutes } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

const LONGEST = { about: 139, address: 256, description: 256, email: 128 } as const;
const LONGEST_WEBSITE = 256;
const MOST_WEBSITES = 2;
const VERTICALS: ReadonlySet<string> = new Set(
  (
    'OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES ' +
    'RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS MATRIMONY_SERVICE'
  ).split(' '),
);
const FIELDS = ['about', 'address', 'description', 'email', 'profile_picture_url', 'websites', 'vertical'];

/** What people see when they tap the business's name. A new number has nothing to show. */
export function businessProfileRoutes(): GraphRoutes {
  let profile: JsonObject = {};
  return {
    'GET phone-number/whatsapp_business_profile': ({ query }) => {
      const wanted = (query.fields ?? '').split(',').map((name) => name.trim());
      const unknown = wanted.find((name) => name !== '' && !FIELDS.includes(name));
      if (unknown !== undefined) {
        const sentence = `Tried accessing nonexisting field (${unknown}) on node type (WhatsAppBusinessProfile)`;
        return { refused: invalidParameter(sentence) };
      }
      // What was never filled in is left out, not empty.
      const shown = Object.entries(profile).filter(([name]) => wanted.includes(name));
      return { answer: { data: [{ ...Object.fromEntries(shown), messaging_product: 'whatsapp' }] } };
    },

    'POST phone-number/whatsapp_business_profile': ({ body }) => {
      if (textAt(body, 'messaging_product') !== 'whatsapp') {
        return { refused: invalidParameter('The parameter messaging_product is required.') };
      }
      const { messaging_product: _, ...wish } = body ?? {};
      const refused = checkProfile(wish);
      if (refused !== null) return refused;
      profile = Object.fromEntries(
        Object.entries({ ...profile, ...wish }).filter(([, value]) => value !== ''),
      );
      return DONE;
    },
  };
}

function checkProfile(wish: JsonObject): GraphAnswer | null {
  for (const [name, longest] of Object.entries(LONGEST)) {
    const value = wish[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.length > longest) {
      return bad(`Param ${name} must be a string of at most ${longest} characters.`);
    }
  }
  if (wish.about === '') return bad('Param about must not be empty.');
  const { email, vertical, websites } = wish;
  if (typeof email === 'string' && email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    return bad('Param email must be a valid email address.');
  }
  if (vertical !== undefined && !(typeof vertical === 'string' && VERTICALS.has(vertical))) {
    return bad('Param vertical must be one of the industries of the documentation.');
  }
  if (websites === undefined) return null;
  const right =
    Array.isArray(websites) &&
    websites.length <= MOST_WEBSITES &&
    websites.every((it) => typeof it === 'string' && it.length <= LONGEST_WEBSITE && /^https?:\/\//.test(it));
  return right
    ? null
    : bad(`Param websites must hold at most ${MOST_WEBSITES} addresses with http:// or https://.`);
}

function bad(sentence: string): GraphAnswer {
  return { refused: invalidParameter(sentence) };
}
