import type { NewPhone } from '../../contract/phone.ts';

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<NewPhone['language'], string>> = {
  en: 'English',
  es: 'Español',
  pt: 'Português',
};
