import { type Refusal, refusal } from '../graph/refusal.ts';

/**
 * Null when the text is there and not too long. Meta does not say whether it counts characters or UTF-16 units;
 * the emulator takes the stricter of the two.
 */
export function checkLength(text: unknown, field: string, longest: number): Refusal | null {
  if (text === undefined) return refusal(131008, `${field} is required`);
  if (typeof text !== 'string') return refusal(131009, `${field} must be a string`);
  if (text.trim() === '') return refusal(131009, `${field} must not be empty`);
  if (text.length > longest) return refusal(131009, `${field} must be at most ${longest} characters long`);
  return null;
}

export function checkOptionalLength(text: unknown, field: string, longest: number): Refusal | null {
  return text === undefined ? null : checkLength(text, field, longest);
}
