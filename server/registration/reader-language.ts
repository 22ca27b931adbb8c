import { LANGUAGES, type Language } from '../../interview/languages/language.ts';

/** The language to answer in: what the reader chose, else what their browser prefers, else `otherwise`, else English. */
export function readerLanguage(it: {
  chosen: unknown;
  accepted: string | undefined;
  otherwise?: unknown;
}): Language {
  const preferred = acceptedTags(it.accepted).map((tag) => languageOf(tag));
  return [languageOf(it.chosen), ...preferred, languageOf(it.otherwise)].find((it) => it !== null) ?? 'en';
}

/** `BR` for a browser that prefers `pt-BR`: a first guess at where the reader's number is from; empty when there is none. */
export function readerCountry(accepted: string | undefined): string {
  const [first = ''] = acceptedTags(accepted);
  // The language that browsers come with, wherever in the world they are sold.
  if (first.toLowerCase() === 'en-us') return '';
  return /^[a-z]{2,3}-(?<region>[A-Z]{2})$/i.exec(first)?.groups?.region?.toUpperCase() ?? '';
}

/** BCP 47 tags, the preferred first. */
function acceptedTags(accepted: string | undefined): string[] {
  return (accepted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((it) => it.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter((it) => it.tag !== '' && it.quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map((it) => it.tag);
}

function languageOf(tag: unknown): Language | null {
  if (typeof tag !== 'string') return null;
  const primary = tag.toLowerCase().split('-')[0];
  return LANGUAGES.find((it) => it === primary) ?? null;
}
