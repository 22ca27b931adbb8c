/** A word as it is compared: compatibility forms, case and accents do not matter on a phone's keyboard. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** Most words: nothing to take apart, and taking apart is slow. */
const PLAIN = /^[\x20-\x7e]*$/;
