import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { LOCALE } from './locale.ts';
import { oncePerLanguage } from './once-per-language.ts';

/** `code` is ISO 3166, `label` shows the calling code: `Brasil +55`. */
export type CountryChoice = { readonly code: string; readonly label: string };

/** Every country that has telephone numbers, by its name in the reader's language. */
export const countryChoices = oncePerLanguage((language): readonly CountryChoice[] => {
  const names = new Intl.DisplayNames(LOCALE[language], { type: 'region' });
  const collator = new Intl.Collator(LOCALE[language]);
  return getCountries()
    .map((code) => ({ code, label: `${names.of(code) ?? code} +${getCountryCallingCode(code)}` }))
    .toSorted((one, other) => collator.compare(one.label, other.label));
});
