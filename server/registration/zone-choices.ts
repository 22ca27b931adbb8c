import { phrases } from '../../interview/languages/phrases.ts';
import { LOCALE } from './locale.ts';
import { oncePerLanguage } from './once-per-language.ts';

/** The time zones of one part of the world. */
export type ZoneGroup = { readonly label: string; readonly zones: readonly ZoneChoice[] };
export type ZoneChoice = { readonly name: string; readonly label: string };

/** Every time zone that the runtime names, by part of the world, in the reader's order. */
export const zoneChoices = oncePerLanguage((language): readonly ZoneGroup[] => {
  const regions: Readonly<Record<string, string>> = phrases[language].page.regions;
  const collator = new Intl.Collator(LOCALE[language]);
  const groups = new Map<string, ZoneChoice[]>();
  for (const name of ZONES) {
    const [region = '', ...place] = name.split('/');
    const label = regions[region] ?? region;
    groups.set(label, [...(groups.get(label) ?? []), { name, label: placeLabel(place) }]);
  }
  return [...groups].map(([label, zones]) => ({
    label,
    zones: zones.toSorted((one, other) => collator.compare(one.label, other.label)),
  }));
});

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** `Argentina/Rio_Gallegos` → `Argentina · Rio Gallegos`, `Sao_Paulo` → `São Paulo`. */
function placeLabel(place: readonly string[]): string {
  return place.map((part) => CITY[part] ?? part.replaceAll('_', ' ')).join(' · ');
}

/** The time zone database writes without accents, and some cities have another name by now. */
const CITY: Readonly<Record<string, string>> = {
  Araguaina: 'Araguaína',
  Asuncion: 'Asunción',
  Bahia_Banderas: 'Bahía de Banderas',
  Belem: 'Belém',
  Bogota: 'Bogotá',
  Calcutta: 'Kolkata',
  Cancun: 'Cancún',
  Ciudad_Juarez: 'Ciudad Juárez',
  Cordoba: 'Córdoba',
  Cuiaba: 'Cuiabá',
  Eirunepe: 'Eirunepé',
  Faeroe: 'Faroe',
  Godthab: 'Nuuk',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Maceio: 'Maceió',
  Mazatlan: 'Mazatlán',
  Merida: 'Mérida',
  Mexico_City: 'Ciudad de México',
  Panama: 'Panamá',
  Ponape: 'Pohnpei',
  Rangoon: 'Yangon',
  Rio_Gallegos: 'Río Gallegos',
  Saigon: 'Ho Chi Minh',
  Santarem: 'Santarém',
  Sao_Paulo: 'São Paulo',
  Truk: 'Chuuk',
  Tucuman: 'Tucumán',
};
