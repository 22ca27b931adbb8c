/** `answer`: seen in the answer to the call. `status`: the call is accepted and a `failed` status follows. */
type Seen = 'answer' | 'status';

export type ErrorCode = { readonly http: number; readonly seen: Seen; readonly title: string };

const UNKNOWN_CODE: ErrorCode = { http: 400, seen: 'answer', title: 'Unknown error' };

/** What Meta's table of error codes says about one of them. */
export function errorCode(code: number): ErrorCode {
  return CODES.get(code) ?? UNKNOWN_CODE;
}

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
  [131052, row(400, 'answer', 'Media download error')],
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
  [132012, row(400, 'answer', 'Parameter format does not match format in the created template')],
  [132015, row(400, 'answer', 'Template is paused')],
  [132016, row(400, 'answer', 'Template is disabled')],
  [132018, row(400, 'answer', 'There is an issue with the parameters in your template')],
  [133010, row(400, 'answer', 'Phone number not registered')],
  [135000, row(400, 'answer', 'Generic user error')],
  [137000, row(400, 'status', 'Identity key hash mismatch')],
]);
