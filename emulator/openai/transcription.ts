import { badRequest, type ModelError, unknownModel } from './model-fault.ts';

const MB = 1024 * 1024;
const LARGEST_FILE_BYTES = 25 * MB;
const EXTENSIONS = ['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'wav', 'webm'];

/** One request for a transcript, as it came in. */
export type TranscriptionRequest = {
  readonly fileName: string;
  readonly fileType: string;
  readonly bytes: Buffer;
  /** All other parts of the form; a name may come several times. */
  readonly fields: readonly (readonly [string, string])[];
};

export async function readTranscription(
  bytes: Buffer,
  contentType: string,
): Promise<TranscriptionRequest | { error: ModelError }> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) {
    return { error: badRequest('missing_required_parameter', 'file', "Missing required parameter: 'file'.") };
  }
  const fields: [string, string][] = [];
  for (const [name, value] of form.entries()) if (typeof value === 'string') fields.push([name, value]);
  return { fileName: file.name, fileType: file.type, bytes: Buffer.from(await file.arrayBuffer()), fields };
}

/** The name decides what the bytes are taken for: `voice.opus` is refused where `voice.ogg` passes. */
export function checkTranscription(request: TranscriptionRequest, model: string): ModelError | null {
  const extension = request.fileName.split('.').at(-1)?.toLowerCase() ?? '';
  const valuesOf = (name: string) =>
    request.fields.filter(([key]) => key === name || key === `${name}[]`).map(([, value]) => value);
  const [wantedModel = ''] = valuesOf('model');
  if (wantedModel !== model) return unknownModel(wantedModel);
  if (!EXTENSIONS.includes(extension)) {
    return badRequest('unsupported_value', 'file', `Unsupported file format ${extension}`);
  }
  if (request.bytes.length === 0 || request.bytes.length > LARGEST_FILE_BYTES) {
    return badRequest('invalid_value', 'file', 'The audio file is empty or larger than 25 MB.');
  }
  if (valuesOf('language').length > 0 && valuesOf('languages').length > 0) {
    return badRequest('invalid_value', 'languages', "Send either 'language' or 'languages'.");
  }
  if (valuesOf('keywords').some((keyword) => /[<>\r\n]/.test(keyword))) {
    return badRequest('invalid_value', 'keywords', 'Keywords are single lines without angle brackets.');
  }
  const format = valuesOf('response_format')[0] ?? 'json';
  return format === 'json'
    ? null
    : badRequest('unsupported_value', 'response_format', 'This model answers in json only.');
}
