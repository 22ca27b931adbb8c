import { invalidParameter, type Refusal } from '../graph/refusal.ts';
import { type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import { contentRefusal } from './content-refusal.ts';
import { placeholdersIn } from './placeholders.ts';

/** Names of letters or positions in order, as the template says. */
export function checkPlaceholders(text: string, format: string): { refused: Refusal } | null {
  const names = placeholdersIn(text);
  const right =
    format === 'NAMED'
      ? names.every((name) => /^[a-z][a-z_]{0,19}$/.test(name))
      : names.every((name, index) => name === String(index + 1));
  if (right) return null;
  const sentence =
    format === 'NAMED'
      ? 'Named parameters hold lower-case letters and underscores only, at most 20.'
      : 'Positional parameters are numbered {{1}}, {{2}} … in order.';
  return { refused: invalidParameter(sentence) };
}

/** One sample for each parameter: the review sees nothing else of what will stand there. */
export function checkExamples(
  item: JsonObject,
  key: 'body_text' | 'header_text',
  text: string,
  format: string,
): { refused: Refusal } | null {
  const names = placeholdersIn(text);
  if (names.length === 0) return null;
  const example = objectAt(item, 'example');
  const missing = contentRefusal(
    key === 'body_text' ? 2388072 : 2388047,
    'Sample values missing',
    `example.${key}${format === 'NAMED' ? '_named_params' : ''} must hold a sample for each parameter.`,
  );
  if (format === 'NAMED') {
    const samples = listAt(example, `${key}_named_params`);
    const named = new Map(samples.map((sample) => [textAt(sample, 'param_name'), textAt(sample, 'example')]));
    return named.size === names.length && names.every((name) => Boolean(named.get(name))) ? null : missing;
  }
  const [first] = listAt(example, key);
  const samples = key === 'body_text' ? first : listAt(example, key);
  const filled =
    Array.isArray(samples) && samples.every((sample) => typeof sample === 'string' && sample !== '');
  return filled && samples.length === names.length ? null : missing;
}
