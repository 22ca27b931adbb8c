import type { Refusal } from '../graph/refusal.ts';

/** What is wrong with a template stands in a subcode, with a title and a sentence for people. */
export function contentRefusal(
  subcode: number,
  userTitle: string,
  userMessage: string,
): { refused: Refusal } {
  return {
    refused: {
      http: 400,
      code: 100,
      type: 'OAuthException',
      message: 'Invalid parameter',
      subcode,
      userTitle,
      userMessage,
    },
  };
}
