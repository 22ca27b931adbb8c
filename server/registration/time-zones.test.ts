import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { canonicalZone, isKnownZone, mainZoneOf } from './time-zones.ts';

describe('A time zone', () => {
  it.each(['America/Sao_Paulo', 'america/sao_paulo', 'UTC', 'Asia/Kolkata', 'Asia/Calcutta'])(
    '%s is known',
    (name) => {
      expect(isKnownZone(name)).toBe(true);
    },
  );

  it.each(['', 'Mars/Olympus', '+03:00', '-0300', 'São Paulo', 'America/Sao_Paulo; DROP', '09:00'])(
    '"%s" is not',
    (name) => {
      expect(isKnownZone(name)).toBe(false);
    },
  );

  it('has one spelling, however it was typed', () => {
    expect(canonicalZone('america/sao_paulo')).toBe('America/Sao_Paulo');
  });
});

describe('The main time zone', () => {
  it.each([
    ['BR', 'America/Sao_Paulo'],
    ['MX', 'America/Mexico_City'],
    ['US', 'America/New_York'],
    ['ES', 'Europe/Madrid'],
    ['PT', 'Europe/Lisbon'],
    ['CO', 'America/Bogota'],
    ['PE', 'America/Lima'],
  ])('of %s is where most of its people live', (country, zone) => {
    expect(mainZoneOf(country)).toBe(zone);
  });

  it('is UTC for a number without a country', () => {
    expect(mainZoneOf(null)).toBe('UTC');
  });

  it('is decided, not left to the alphabet, wherever a country has several', () => {
    const several = getCountries().filter((country) => (zonesOf(country).length ?? 0) > 1);
    expect(several.filter((country) => !zonesOf(country).includes(mainZoneOf(country)))).toEqual([]);
    expect(several.filter((country) => mainZoneOf(country) === zonesOf(country)[0])).toEqual(FIRST_IS_MAIN);
  });

  it('exists for every country that has telephones', () => {
    expect(getCountries().filter((country) => !isKnownZone(mainZoneOf(country)))).toEqual([]);
  });
});

/** Looked at one by one: here the first of the alphabet is the right one. */
const FIRST_IS_MAIN = ['CD', 'CN', 'DE', 'EC', 'ID', 'KZ', 'MY', 'NZ', 'UA'];

function zonesOf(country: string): string[] {
  return new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
}
