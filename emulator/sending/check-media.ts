import { type Refusal, refusal } from '../graph/refusal.ts';
import type { JsonObject } from '../json-object.ts';
import type { MediaShelf } from '../media/media-shelf.ts';
import { checkOptionalLength } from './check-length.ts';

const LONGEST_CAPTION = 1024;

const MEDIA_TYPES = ['image', 'audio', 'video', 'document', 'sticker'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export function isMediaType(type: string): type is MediaType {
  return MEDIA_TYPES.some((known) => known === type);
}

export function checkMedia(type: MediaType, media: JsonObject, shelf: MediaShelf): Refusal | null {
  const { id, link } = media;
  if ((id === undefined) === (link === undefined)) {
    return refusal(131009, `${type} needs exactly one of id and link`);
  }
  if (link !== undefined && (typeof link !== 'string' || !/^https?:\/\//.test(link))) {
    return refusal(131009, `${type}.link is not a valid URL`);
  }
  if (media.caption !== undefined && (type === 'audio' || type === 'sticker')) {
    return refusal(131009, `${type}.caption is not allowed`);
  }
  return (
    checkOptionalLength(media.caption, `${type}.caption`, LONGEST_CAPTION) ?? checkUpload(type, media, shelf)
  );
}

function checkUpload(type: MediaType, media: JsonObject, shelf: MediaShelf): Refusal | null {
  const { id } = media;
  if (id === undefined) return null;
  const stored = typeof id === 'string' ? shelf.find(id) : null;
  if (stored === null) return refusal(131053, `${type}.id is not an uploaded media id`);
  const family = stored.mimeType.split('/')[0];
  if (type !== 'document' && type !== 'sticker' && family !== type) {
    return refusal(131053, `${type}.id is a ${stored.mimeType}`);
  }
  if (type === 'audio' && media.voice === true && !stored.mimeType.startsWith('audio/ogg')) {
    return refusal(131053, 'a voice message must be audio/ogg with OPUS');
  }
  return null;
}
