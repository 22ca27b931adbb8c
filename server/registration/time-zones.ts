/** A name that the time zone database knows. An offset such as `+03:00` is no place: it has no summer time. */
export function isKnownZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && canonicalZone(name) !== null;
}

/** The spelling that the runtime itself uses: `america/sao_paulo` → `America/Sao_Paulo`. */
export function canonicalZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // Intl has no way to ask whether it knows a zone; it throws a RangeError.
    return null;
  }
}

/** Where most people of a country live, when nobody said anything better. */
export function mainZoneOf(country: string | null): string {
  if (country === null) return 'UTC';
  const named = MAIN_ZONES[country];
  if (named !== undefined) return named;
  const [first] = new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
  return first ?? 'UTC';
}

/** Intl lists a country's zones by the alphabet: Brazil would begin with Araguaína, the USA with Adak. */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Ponape',
  GL: 'America/Godthab',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  KZ: 'Asia/Almaty',
  MH: 'Pacific/Majuro',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PS: 'Asia/Hebron',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kiev',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
};
