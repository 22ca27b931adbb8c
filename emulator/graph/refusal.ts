import { errorCode } from './error-codes.ts';

/** Why a call is refused, as the envelope will say it. */
export type Refusal = {
  readonly http: number;
  readonly code: number;
  readonly type: 'OAuthException' | 'GraphMethodException';
  readonly message: string;
  readonly subcode?: number;
  /** Only errors of the messaging product carry `error_data`. */
  readonly details?: string;
  readonly userTitle?: string;
  readonly userMessage?: string;
};

/** A refusal of the messaging product, from Meta's table. `details` names the field, as Meta's do. */
export function refusal(code: number, details: string): Refusal {
  const { http, title } = errorCode(code);
  return { http, code, type: 'OAuthException', message: `(#${code}) ${title}`, details };
}

/** Graph's own "invalid parameter". */
export function invalidParameter(sentence: string): Refusal {
  return { http: 400, code: 100, type: 'OAuthException', message: `(#100) ${sentence}` };
}

/** A wrong id in the path, or one this token may not see: Graph tells no difference. */
export function unknownObject(id: string, method: 'get' | 'post' | 'delete'): Refusal {
  return {
    http: 400,
    code: 100,
    type: 'GraphMethodException',
    subcode: 33,
    message:
      `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
      'permissions, or does not support this operation. Please read the Graph API documentation at ' +
      'https://developers.facebook.com/docs/graph-api',
  };
}

export function unknownPath(path: string): Refusal {
  return { http: 400, code: 2500, type: 'OAuthException', message: `Unknown path components: ${path}` };
}

/** The one shape of every Graph error. */
export function envelopeOf(refused: Refusal, traceId: string): object {
  return {
    error: {
      message: refused.message,
      type: refused.type,
      code: refused.code,
      ...(refused.details === undefined
        ? {}
        : { error_data: { messaging_product: 'whatsapp', details: refused.details } }),
      ...(refused.subcode === undefined ? {} : { error_subcode: refused.subcode }),
      ...(refused.userTitle === undefined
        ? {}
        : {
            is_transient: false,
            error_user_title: refused.userTitle,
            error_user_msg: refused.userMessage ?? '',
          }),
      fbtrace_id: traceId,
    },
  };
}
