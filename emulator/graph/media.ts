import type { MediaShelf } from '../media/media-shelf.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

const MB = 1024 * 1024;

/** What each kind of file may weigh. A type that is not here cannot be uploaded. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/^audio\/(aac|amr|mpeg|mp4|ogg)$/, 16 * MB],
  [/^image\/(jpeg|png)$/, 5 * MB],
  [/^video\/(mp4|3gpp)$/, 16 * MB],
  [/^image\/webp$/, 500 * 1024],
  [/^(application\/(pdf|msword|vnd\..+)|text\/plain)$/, 100 * MB],
];

export function mediaRoutes(needs: {
  shelf: MediaShelf;
  phoneNumberId: string;
  urlOf: (path: string) => string;
}): GraphRoutes {
  const { shelf } = needs;
  return {
    'POST phone-number/media': async ({ form, query }) => {
      if (form === null) return { refused: invalidParameter('The parameter file is required.') };
      const fields = await new Response(form.bytes, {
        headers: { 'content-type': form.contentType },
      }).formData();
      const file = fields.get('file');
      // As everywhere in Graph, a parameter may stand in the query as well.
      if ((fields.get('messaging_product') ?? query.messaging_product) !== 'whatsapp') {
        return { refused: invalidParameter('The parameter messaging_product is required.') };
      }
      if (!(file instanceof File)) return { refused: invalidParameter('The parameter file is required.') };
      const mimeType = file.type === '' ? String(fields.get('type')) : file.type;
      const limit = LIMITS.find(([types]) => types.test(mimeType.split(';')[0]?.trim() ?? ''))?.[1];
      if (limit === undefined || file.size > limit) {
        return {
          refused: invalidParameter(`Param file must be of a supported type and size; this is ${mimeType}.`),
        };
      }
      return { answer: { id: shelf.put(Buffer.from(await file.arrayBuffer()), mimeType, 'upload').id } };
    },

    'GET media': ({ id, query }) => {
      const media = shelf.find(id);
      if (media === null) throw new Error(`media ${id} was found and is gone`);
      if ((query.phone_number_id ?? needs.phoneNumberId) !== needs.phoneNumberId) {
        return { refused: invalidParameter('Param phone_number_id does not own this media.') };
      }
      return {
        answer: {
          messaging_product: 'whatsapp',
          url: needs.urlOf(shelf.pathOf(media)),
          mime_type: media.mimeType,
          sha256: media.sha256.toString('hex'),
          file_size: String(media.bytes.length),
          id: media.id,
        },
      };
    },

    'DELETE media': ({ id }) => {
      shelf.remove(id);
      return DONE;
    },
  };
}
