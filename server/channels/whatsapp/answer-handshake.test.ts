import { describe, expect, test } from 'vitest';
import { answerHandshake } from './answer-handshake.ts';

const TOKEN = 'our-verify-token';

function asked(query: string) {
  return answerHandshake(new URLSearchParams(query), TOKEN);
}

describe('the handshake', () => {
  test('gives the challenge back to whoever knows the token', () => {
    expect(asked(`hub.mode=subscribe&hub.verify_token=${TOKEN}&hub.challenge=1158201444`)).toEqual({
      status: 200,
      challenge: '1158201444',
    });
  });

  test.each([
    ['another token', 'hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1'],
    [
      'a token of the same length',
      `hub.mode=subscribe&hub.verify_token=${'x'.repeat(TOKEN.length)}&hub.challenge=1`,
    ],
    ['another mode', `hub.mode=unsubscribe&hub.verify_token=${TOKEN}&hub.challenge=1`],
  ])('refuses %s', (_, query) => {
    expect(asked(query)).toEqual({ status: 403 });
  });

  test.each([
    ['nothing', ''],
    ['no mode', `hub.verify_token=${TOKEN}&hub.challenge=1`],
    ['no token', 'hub.mode=subscribe&hub.challenge=1'],
    ['an empty token', 'hub.mode=subscribe&hub.verify_token=&hub.challenge=1'],
    ['no challenge', `hub.mode=subscribe&hub.verify_token=${TOKEN}`],
    ['names without dots', `hub_mode=subscribe&hub_verify_token=${TOKEN}&hub_challenge=1`],
  ])('does not understand %s', (_, query) => {
    expect(asked(query)).toEqual({ status: 400 });
  });
});
