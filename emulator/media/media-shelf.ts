import { createHash } from 'node:crypto';
import type { Identifiers } from '../identifiers.ts';

const MINUTES = 60 * 1000;
const DAYS = 24 * 60 * MINUTES;
const URL_LIFE_MS = 5 * MINUTES;
const UPLOAD_LIFE_MS = 30 * DAYS;
const INBOUND_LIFE_MS = 7 * DAYS;

export const BYTES_PATH = '/whatsapp_business/attachments/';

export type StoredMedia = {
  readonly id: string;
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly sha256: Buffer;
  readonly expiresAt: number;
};

export type MediaShelf = ReturnType<typeof createMediaShelf>;

/** Files on their way in either direction. Ids outlive the addresses of the bytes, which are good for five minutes. */
export function createMediaShelf(needs: { now: () => number; identifiers: Identifiers }) {
  const { now, identifiers } = needs;
  const shelf = new Map<string, StoredMedia>();
  const hashes = new Map<string, { mediaId: string; validUntil: number }>();

  function put(bytes: Buffer, mimeType: string, from: 'upload' | 'learner'): StoredMedia {
    const media = {
      id: identifiers.numeric(),
      bytes,
      mimeType,
      sha256: createHash('sha256').update(bytes).digest(),
      expiresAt: now() + (from === 'upload' ? UPLOAD_LIFE_MS : INBOUND_LIFE_MS),
    };
    shelf.set(media.id, media);
    return media;
  }

  function find(id: string): StoredMedia | null {
    const media = shelf.get(id);
    return media !== undefined && now() < media.expiresAt ? media : null;
  }

  return {
    put,
    find,
    remove: (id: string) => shelf.delete(id),
    /** A fresh address, below the emulator's own. */
    pathOf(media: StoredMedia): string {
      const hash = identifiers.mediaHash();
      const validUntil = now() + URL_LIFE_MS;
      hashes.set(hash, { mediaId: media.id, validUntil });
      return `${BYTES_PATH}?mid=${media.id}&ext=${Math.floor(validUntil / 1000)}&hash=${hash}`;
    },
    byHash(mediaId: string, hash: string): StoredMedia | null {
      const address = hashes.get(hash);
      return address !== undefined && address.mediaId === mediaId && now() < address.validUntil
        ? find(mediaId)
        : null;
    },
  };
}
