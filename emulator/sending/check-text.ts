import { invalidParameter, type Refusal } from '../graph/refusal.ts';
import type { JsonObject } from '../json-object.ts';
import { checkLength } from './check-length.ts';

const LONGEST_TEXT = 4096;

export function checkText(text: JsonObject): Refusal | null {
  const preview = text.preview_url;
  if (preview !== undefined && typeof preview !== 'boolean') {
    return invalidParameter("Param text['preview_url'] must be a boolean.");
  }
  return checkLength(text.body, 'text.body', LONGEST_TEXT);
}
