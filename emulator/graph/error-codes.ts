import type { ErrorCodeChoice } from '../../contract/switches.ts';

/** `answer`: seen in the answer to the call. `status`: the call is accepted and a `failed` status follows. */
export type Seen = ErrorCodeChoice['seen'];

type ErrorCode = { readonly http: number; readonly seen: Seen; readonly title: string };

const UNKNOWN_CODE: ErrorCode = { http: 400, seen: 'answer', title: 'Unknown error' };

/** What Meta's table of error codes says about one of them. */
export function errorCode(code: number): ErrorCode {
  if (code > 200 && code < 300) return row(403, 'answer', 'API Permission');
  return CODES.get(code) ?? UNKNOWN_CODE;
}

/** Every code that a send can meet, in order. */
export function codesOfSends(): ErrorCodeChoice[] {
  return [...CODES]
    .filter(([code]) => code !== MEDIA_OF_THE_LEARNER && code < FIRST_ABOUT_TEMPLATES)
    .map(([code, { title, seen }]) => ({ code, title, seen }));
}

/** Comes with a message of the learner's, never with a send. */
const MEDIA_OF_THE_LEARNER = 131052;
/** From here on they are about submitting templates. */
const FIRST_ABOUT_TEMPLATES = 2_000_000;

const row = (http: number, seen: Seen, title: string): ErrorCode => ({ http, seen, title });

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [0, row(401, 'answer', 'AuthException')],
  [1, row(400, 'answer', 'API Unknown')],
  [2, row(503, 'answer', 'API Service')],
  [3, row(500, 'answer', 'API Method')],
  [4, row(400, 'answer', 'API Too Many Calls')],
  [10, row(403, 'answer', 'API Permission Denied')],
  [33, row(400, 'answer', 'Parameter value is not valid')],
  [100, row(400, 'answer', 'Invalid parameter')],
  [190, row(401, 'answer', 'Invalid OAuth access token - Cannot parse access token')],
  [200, row(403, 'answer', 'API Permission')],
  [368, row(403, 'answer', 'Temporarily blocked for policies violations')],
  [80007, row(400, 'answer', 'Rate limit issues')],
  [130403, row(400, 'status', 'User has blocked the business')],
  [130429, row(400, 'answer', 'Rate limit hit')],
  [130472, row(400, 'status', "User's number is part of an experiment")],
  [130497, row(403, 'answer', 'Business account is restricted from messaging users in this country.')],
  [131000, row(500, 'answer', 'Something went wrong')],
  [131005, row(403, 'answer', 'Access denied')],
  [131008, row(400, 'answer', 'Required parameter is missing')],
  [131009, row(400, 'answer', 'Parameter value is not valid')],
  [131016, row(500, 'answer', 'Service unavailable')],
  [131021, row(400, 'answer', 'Recipient cannot be sender')],
  [131026, row(400, 'status', 'Message undeliverable')],
  [131030, row(400, 'answer', 'Recipient phone number not in allowed list')],
  [131031, row(403, 'answer', 'Account has been locked')],
  [
    131037,
    row(400, 'answer', 'WhatsApp provided number needs display name approval before message can be sent.'),
  ],
  [131042, row(400, 'status', 'Business eligibility payment issue')],
  [131045, row(500, 'answer', 'Incorrect certificate')],
  [131047, row(400, 'status', 'Re-engagement message')],
  [131048, row(400, 'status', 'Spam rate limit hit')],
  [131049, row(400, 'status', 'This message was not delivered to maintain healthy ecosystem engagement.')],
  [131050, row(400, 'status', 'User has stopped marketing messages')],
  [131051, row(400, 'answer', 'Message type unknown')],
  [MEDIA_OF_THE_LEARNER, row(400, 'status', 'Media download error')],
  [131053, row(400, 'answer', 'Media upload error')],
  [131055, row(400, 'answer', 'Method not allowed')],
  [131056, row(400, 'answer', '(Business Account, Consumer Account) pair rate limit hit')],
  [131057, row(500, 'answer', 'Account in maintenance mode')],
  [131062, row(400, 'answer', 'This template needs a phone number')],
  [131063, row(400, 'answer', 'Marketing templates are switched off')],
  [131064, row(400, 'answer', 'Limited because of template category misuse')],
  [132000, row(400, 'answer', 'Number of parameters does not match the expected number of params')],
  [132001, row(404, 'answer', 'Template name does not exist in the translation')],
  [132005, row(400, 'answer', 'Translated text too long')],
  [132007, row(400, 'answer', 'Template format character policy violated')],
  [132008, row(400, 'answer', 'Template parameter format mismatch')],
  [132012, row(400, 'answer', 'Parameter format does not match format in the created template')],
  [132015, row(400, 'answer', 'Template is paused')],
  [132016, row(400, 'answer', 'Template is disabled')],
  [132018, row(400, 'answer', 'There is an issue with the parameters in your template')],
  [132068, row(400, 'answer', 'Flow is in blocked state')],
  [132069, row(400, 'answer', 'Flow is in throttled state')],
  [133000, row(500, 'answer', 'Incomplete deregistration')],
  [133004, row(503, 'answer', 'Server temporarily unavailable')],
  [133005, row(400, 'answer', 'Two step verification PIN mismatch')],
  [133006, row(400, 'answer', 'Phone number re-verification needed')],
  [133008, row(400, 'answer', 'Too many two step verification PIN guesses')],
  [133009, row(400, 'answer', 'Two step verification PIN guessed too fast')],
  [133010, row(400, 'answer', 'Phone number not registered')],
  [133015, row(400, 'answer', 'Please wait a few minutes before attempting to register this phone number')],
  [133016, row(400, 'answer', 'Account register or deregister rate limit exceeded')],
  [134011, row(400, 'answer', 'Payments terms of service have not been accepted')],
  [134100, row(400, 'answer', 'Only marketing messages are supported')],
  [134101, row(400, 'answer', 'Template is being synchronised with marketing messages')],
  [134102, row(500, 'answer', 'Template is unavailable for marketing messages')],
  [135000, row(400, 'answer', 'Generic user error')],
  [137000, row(400, 'status', 'Identity key hash mismatch')],
  [139200, row(400, 'answer', 'Direct Send is blocked')],
  [2388019, row(400, 'answer', 'Message template limit exceeded')],
  [2388039, row(400, 'answer', 'Template name or language is taken')],
  [2388040, row(400, 'answer', 'Template field is too long')],
  [2388047, row(400, 'answer', 'Template header format is wrong')],
  [2388072, row(400, 'answer', 'Template body format is wrong')],
  [2388073, row(400, 'answer', 'Template footer format is wrong')],
  [2388293, row(400, 'answer', 'Template has too many parameters for its length')],
  [2388299, row(400, 'answer', 'Template parameters cannot be at start or end')],
]);
