/**
 * JSON as Meta's servers write it: every character beyond ASCII as `\uxxxx` in lower-case hex, one per UTF-16 unit,
 * and `/` as `\/`. The signature covers these bytes; a receiver that parses and writes again gets other ones.
 */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}
