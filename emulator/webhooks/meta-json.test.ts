import { expect, test } from 'vitest';
import { metaJson } from './meta-json.ts';
import { signatureOf } from './signature.ts';

const notification = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '110220330440550',
      changes: [{ value: { mime: 'audio/ogg; codecs=opus', body: 'Olá, não sei 😀' }, field: 'messages' }],
    },
  ],
};

test('accents, emoji and slashes are written as Meta writes them, byte for byte', () => {
  expect(metaJson(notification)).toBe(
    String.raw`{"object":"whatsapp_business_account","entry":[{"id":"110220330440550","changes":[{"value":{"mime":"audio\/ogg; codecs=opus","body":"Ol\u00e1, n\u00e3o sei \ud83d\ude00"},"field":"messages"}]}]}`,
  );
});

test('the signature covers exactly these bytes, not those of a second serialisation', () => {
  expect(signatureOf(metaJson(notification), 'emulator-app-secret')).toBe(
    'sha256=400883564b8618b1df034ac3217a3d627e4f713c56638bfa4a48dbbc1ef79e9d',
  );
  expect(signatureOf(JSON.stringify(notification), 'emulator-app-secret')).toBe(
    'sha256=7d3b4cf6bd19c788ed00d42990a5a629ea8d5d91cbaae7770ab445be09684517',
  );
});

test('whatever a person types survives the way there', () => {
  for (const text of ['a\\/b', '"quoted"', 'tab\tand\nline', '\u2028', '\u007f', '👩‍💻', '</script>']) {
    expect(JSON.parse(metaJson({ text }))).toEqual({ text });
    expect(Buffer.byteLength(metaJson({ text }))).toBe(metaJson({ text }).length);
  }
});
