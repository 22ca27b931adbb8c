import type { Failure } from '../channel.ts';
import { bug, ERROR_TABLE, type KnownError, operator, pace, retry } from './error-table.ts';
import type { GraphError } from './graph-error.ts';

/**
 * What to do about an error of Meta's. `httpStatus` is null for errors that came by webhook.
 * The code decides; Meta sends its rate limits as 400, so the HTTP status counts only where no known code does.
 */
export function failureOf(error: GraphError | null, httpStatus: number | null): Failure {
  return { ...judge(error, httpStatus), code: error?.code ?? null, detail: detailOf(error, httpStatus) };
}

/** Nothing left this machine, so trying again cannot say anything twice. */
export function notSent(why: string): Failure {
  return {
    ...retry(
      'WhatsApp cannot be reached: it is tried again; if it stays, check the network and WHATSAPP_API_BASE_URL.',
    ),
    code: null,
    detail: why,
  };
}

/** A message that Meta would refuse, so it is not even sent. */
export function brokenLimit(fault: string): Failure {
  return {
    ...bug('A message breaks a limit of WhatsApp and was not sent: report this to the developers.'),
    code: null,
    detail: fault,
  };
}

function judge(error: GraphError | null, httpStatus: number | null): KnownError {
  if (error?.code === undefined) return withoutCode(httpStatus);
  const known = withCode(error.code, error.error_subcode, httpStatus);
  // Meta's own word that a fault passes outweighs ours that somebody must act. It says nothing about people and paces.
  const someoneMustAct = known.class === 'bug' || known.class === 'operator';
  return error.is_transient === true && someoneMustAct ? PASSING : known;
}

const PASSING = retry('Meta reports a passing fault: it is tried again by itself.');

function withCode(code: number, subcode: number | undefined, httpStatus: number | null): KnownError {
  if (subcode !== undefined && isAboutTemplates(subcode)) return ERROR_TABLE.get(subcode) ?? TEMPLATE_REFUSED;
  if (code === 100 && subcode === WRONG_ID_SUBCODE) return WRONG_ID;
  return ERROR_TABLE.get(code) ?? unlisted(code, httpStatus);
}

/** The code is 100, a parameter of ours, but the cause is a setting: the id in the path, or what the token may see. */
const WRONG_ID_SUBCODE = 33;
const WRONG_ID = operator(
  'Meta does not know this id or the token may not use it: check WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID and WHATSAPP_TOKEN.',
);

const TEMPLATE_REFUSED = operator(
  'Meta does not accept the template: read the detail, correct the template and submit it again.',
);

function isAboutTemplates(code: number): boolean {
  return code >= 2_388_000 && code <= 2_388_999;
}

function unlisted(code: number, httpStatus: number | null): KnownError {
  if (code >= 200 && code <= 299) return permissionMissing(code);
  if (isAboutTemplates(code)) return TEMPLATE_REFUSED;
  if (httpStatus === 429) return TOO_FAST;
  if (httpStatus !== null && httpStatus >= 500) {
    return retry(`WhatsApp failed with the new error ${code}: it is tried again by itself.`);
  }
  return bug(`WhatsApp gave error ${code}, which this version does not know: report it to the developers.`);
}

function permissionMissing(code: number): KnownError {
  return operator(
    `A permission is missing (error ${code}): renew the token with both WhatsApp permissions and set WHATSAPP_TOKEN.`,
  );
}

const TOO_FAST = pace('Meta asks for fewer calls: they slow down and go on by themselves.');

/** A proxy's page, an empty body, a `failed` status without its errors. */
function withoutCode(httpStatus: number | null): KnownError {
  if (httpStatus === null) {
    return retry('WhatsApp reported a failure without a reason: it is tried again by itself.');
  }
  if (httpStatus === 429) return TOO_FAST;
  if (httpStatus === 408 || httpStatus >= 500) {
    return retry(
      `WhatsApp or a proxy answered HTTP ${httpStatus} without a readable error: it is tried again by itself.`,
    );
  }
  if (httpStatus >= 400) {
    return bug(
      `The request was refused with HTTP ${httpStatus} and no readable error: check WHATSAPP_API_BASE_URL, then report it to the developers.`,
    );
  }
  return operator(
    `Something other than WhatsApp answered (HTTP ${httpStatus}): check WHATSAPP_API_BASE_URL.`,
  );
}

function detailOf(error: GraphError | null, httpStatus: number | null): string | null {
  const said = error?.error_data?.details ?? error?.error_user_msg ?? error?.message ?? error?.title;
  const trace = error?.fbtrace_id === undefined ? null : `fbtrace_id ${error.fbtrace_id}`;
  const status = httpStatus === null ? null : `HTTP ${httpStatus}`;
  const parts = [said, status, trace].filter((part) => part !== undefined && part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
