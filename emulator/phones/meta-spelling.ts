/**
 * How Meta spells a number as `wa_id`, whatever way it was written. Brazil: the ninth digit stays in the areas 11 to 28
 * and falls elsewhere. Mexico has a 1 behind the country code, Argentina a 9.
 */
export function metaSpelling(number: string): string {
  const brazil = /^55(\d\d)9?(\d{8})$/.exec(number);
  if (brazil !== null) {
    const [, area = '', rest = ''] = brazil;
    return `55${area}${Number(area) <= LAST_AREA_WITH_NINTH_DIGIT ? '9' : ''}${rest}`;
  }
  return number.replace(/^52(\d{10})$/, '521$1').replace(/^54(\d{10})$/, '549$1');
}

const LAST_AREA_WITH_NINTH_DIGIT = 28;
