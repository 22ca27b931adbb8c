/**
 * The other spellings under which WhatsApp may know the same number, digits only, without the one given.
 * Brazil added a ninth digit to its mobiles, Mexico dropped a 1, Argentina puts a 9 before mobiles called from
 * abroad; WhatsApp keeps for each person the spelling of the day they joined.
 */
export function numberVariants(digits: string): string[] {
  return SPELLINGS.flatMap(({ from, to }) => (from.test(digits) ? [digits.replace(from, to)] : []));
}

const SPELLINGS: readonly { readonly from: RegExp; readonly to: string }[] = [
  { from: /^(?<area>55\d\d)9(?<number>\d{8})$/, to: '$<area>$<number>' },
  { from: /^(?<area>55\d\d)(?<number>\d{8})$/, to: '$<area>9$<number>' },
  { from: /^521(?<number>\d{10})$/, to: '52$<number>' },
  { from: /^52(?<number>\d{10})$/, to: '521$<number>' },
  { from: /^549(?<number>\d{10})$/, to: '54$<number>' },
  { from: /^54(?<number>\d{10})$/, to: '549$<number>' },
];
