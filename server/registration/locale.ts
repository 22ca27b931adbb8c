import type { InEachLanguage } from '../../interview/languages/language.ts';

/** How our pages are spelled, for browsers, screen readers and Intl. */
export const LOCALE: InEachLanguage<string> = { en: 'en', es: 'es', pt: 'pt-BR' };
