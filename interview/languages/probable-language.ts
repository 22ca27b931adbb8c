import type { Language } from './language.ts';

/** What somebody probably reads whom we know only by a number (digits) or a business-scoped id (`BR.9f3K2m7Qx1`). */
export function probableLanguage(identifiers: { phone: string | null; bsuid: string | null }): Language {
  const { phone, bsuid } = identifiers;
  for (const { language, countries, codes } of REGIONS) {
    // The id names the country outright.
    const spoken =
      bsuid === null ? codes.some((code) => phone?.startsWith(code)) : countries.includes(bsuid.slice(0, 2));
    if (spoken) return language;
  }
  return 'en';
}

/** Where Portuguese and Spanish are spoken: ISO 3166 codes and calling codes. Everybody else is greeted in English. */
const REGIONS: readonly {
  readonly language: Language;
  readonly countries: readonly string[];
  readonly codes: readonly string[];
}[] = [
  {
    language: 'pt',
    countries: ['BR', 'PT', 'AO', 'MZ', 'CV', 'GW', 'ST', 'TL'],
    codes: ['55', '351', '244', '258', '238', '245', '239', '670'],
  },
  {
    language: 'es',
    countries: [
      ...['ES', 'MX', 'AR', 'CL', 'CO', 'VE', 'PE', 'CU', 'BO', 'EC', 'PY'],
      ...['UY', 'GT', 'SV', 'HN', 'NI', 'CR', 'PA', 'GQ', 'DO', 'PR'],
    ],
    codes: [
      ...['34', '52', '54', '56', '57', '58', '51', '53', '591', '593', '595'],
      ...['598', '502', '503', '504', '505', '506', '507', '240'],
      // The Dominican Republic and Puerto Rico share the code of North America.
      ...['1809', '1829', '1849', '1787', '1939'],
    ],
  },
];
