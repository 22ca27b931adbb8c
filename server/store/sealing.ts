import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what is personal, bound to its place: a value copied to another row or column does not open. */
export type Sealer = {
  seal(plain: string, place: string, rowId: string): string;
  open(sealed: string, place: string, rowId: string): string;
  /** For looking up: the same value always has the same hash, and without the key it tells nothing. */
  hash(value: string): string;
};

export type SealingKey = { readonly id: string; readonly key: Buffer };

/**
 * AES-256-GCM with a fresh nonce per value; `place` (`table.column`) and the row's id are authenticated along.
 * The first key encrypts, all of them decrypt. The hash key is derived from the LAST key of the list, the oldest:
 * adding a new key in front must not make everybody unfindable.
 */
export function createSealer(keys: readonly SealingKey[]): Sealer {
  const [first] = keys;
  const last = keys.at(-1);
  if (first === undefined || last === undefined) throw new Error('Sealing needs at least one key');
  const byId = new Map(keys.map((it) => [it.id, it.key]));
  const hashKey = Buffer.from(hkdfSync('sha256', last.key, '', 'interview-bot look-up hash', 32));

  return {
    seal(plain, place, rowId) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(boundTo(place, rowId));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(plain, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `v1.${first.id}.${sealed.toString('base64url')}`;
    },
    open(sealed, place, rowId) {
      const [version, keyId, body] = sealed.split('.');
      const key = byId.get(keyId ?? '');
      if (version !== 'v1' || body === undefined || key === undefined) {
        throw new Error(
          `Cannot open ${place}: sealed with key ${keyId ?? '(none)'}, which ENCRYPTION_KEYS does not hold`,
        );
      }
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(boundTo(place, rowId)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return (
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
    hash: (value) => createHmac('sha256', hashKey).update(value).digest('base64url'),
  };
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function boundTo(place: string, rowId: string): Buffer {
  return Buffer.from(`${place}.${rowId}`);
}
