import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSignedBy } from './verify-signature.ts';

const SECRET = 'emulator-app-secret';
/** As Meta writes it: accents, emoji and slashes escaped. */
const BODY = Buffer.from(
  String.raw`{"object":"whatsapp_business_account","entry":[{"id":"110220330440550","changes":[{"value":{"mime":"audio\/ogg; codecs=opus","body":"Ol\u00e1, n\u00e3o sei \ud83d\ude00"},"field":"messages"}]}]}`,
);
const SIGNATURE = '400883564b8618b1df034ac3217a3d627e4f713c56638bfa4a48dbbc1ef79e9d';
const SIGNATURE_OF_REWRITTEN_BODY = '7d3b4cf6bd19c788ed00d42990a5a629ea8d5d91cbaae7770ab445be09684517';

describe('a notification is signed', () => {
  test('when the bytes carry the signature of the app secret', () => {
    expect(BODY.length).toBe(194);
    expect(isSignedBy(SECRET, BODY, `sha256=${SIGNATURE}`)).toBe(true);
  });

  test('also when it is plain ASCII', () => {
    const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
    const signature = 'eb147ea0117e199b3c4686f23cc477f3a991b4ad80089316e1b8f7e780dadb74';
    expect(isSignedBy(SECRET, body, `sha256=${signature}`)).toBe(true);
  });
});

describe('a notification is not signed', () => {
  test('when the signature is that of the same content, parsed and written again', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
    expect(isSignedBy(SECRET, rewritten, `sha256=${SIGNATURE_OF_REWRITTEN_BODY}`)).toBe(true);
    expect(isSignedBy(SECRET, BODY, `sha256=${SIGNATURE_OF_REWRITTEN_BODY}`)).toBe(false);
    expect(isSignedBy(SECRET, rewritten, `sha256=${SIGNATURE}`)).toBe(false);
  });

  test('when it was made with another secret', () => {
    expect(isSignedBy('another-secret', BODY, `sha256=${SIGNATURE}`)).toBe(false);
  });

  test('when a single byte has changed', () => {
    const changed = Buffer.from(BODY);
    changed[changed.length - 1] = 0x5d;
    expect(isSignedBy(SECRET, changed, `sha256=${SIGNATURE}`)).toBe(false);
  });

  test('by anybody when no secret is set', () => {
    const signature = createHmac('sha256', '').update(BODY).digest('hex');
    expect(isSignedBy('', BODY, `sha256=${signature}`)).toBe(false);
  });

  test.each([
    ['there is no header', undefined],
    ['the header is empty', ''],
    ['the scheme is missing', SIGNATURE],
    ['the scheme is the old one', `sha1=${SIGNATURE.slice(0, 40)}`],
    ['it is too short', `sha256=${SIGNATURE.slice(2)}`],
    ['it is too long', `sha256=${SIGNATURE}00`],
    ['it is written in capitals', `sha256=${SIGNATURE.toUpperCase()}`],
    ['it is not hexadecimal', `sha256=${'z'.repeat(64)}`],
    ['something follows it', `sha256=${SIGNATURE}\n`],
    ['two are given', `sha256=${SIGNATURE}, sha256=${SIGNATURE}`],
  ])('when %s', (_, header) => {
    expect(isSignedBy(SECRET, BODY, header)).toBe(false);
  });
});
