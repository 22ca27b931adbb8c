/** `5511955501234` → `+55 11 95550-1234`, the way people in the country write it; other countries stay one row of digits. */
export function displayNumber(digits: string): string {
  for (const [pattern, written] of WAYS_TO_WRITE) {
    if (pattern.test(digits)) return digits.replace(pattern, written);
  }
  return `+${digits}`;
}

/** What was typed, down to its digits; null when no phone number has so many or so few (ITU E.164: at most 15). */
export function digitsOf(typed: string): string | null {
  if (!/^[+\d\s().-]+$/.test(typed.trim())) return null;
  const digits = typed.replace(/\D/g, '');
  return digits.length >= 8 && digits.length <= 15 && !digits.startsWith('0') ? digits : null;
}

const WAYS_TO_WRITE: readonly (readonly [RegExp, string])[] = [
  [/^55(\d{2})(\d{4,5})(\d{4})$/, '+55 $1 $2-$3'],
  [/^52(\d{2})(\d{4})(\d{4})$/, '+52 $1 $2 $3'],
  [/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3'],
];
