import { readFileSync } from 'node:fs';

/** The text of a file without the mark that some programs put in front of it; null when it is not UTF-8. */
export function readText(file: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

export const NOT_UTF_8 = 'is not written in UTF-8; spreadsheets call the right one “CSV UTF-8”';
