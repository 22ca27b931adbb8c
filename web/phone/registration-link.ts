import type { Phone } from '../../contract/phone.ts';

/** The registration page with this phone's owner filled in. */
export function registrationLink(
  registrationUrl: string,
  phone: Pick<Phone, 'number' | 'name' | 'language'>,
): string {
  const url = new URL(registrationUrl);
  url.searchParams.set('number', `+${phone.number}`);
  url.searchParams.set('name', phone.name);
  url.searchParams.set('lang', phone.language);
  return url.href;
}
