import { html } from 'ghtml';
import { LANGUAGES, type Language } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import type { AssetPaths } from './assets.ts';
import { LOCALE } from './locale.ts';

/** What every page of this room needs to know. */
export type Frame = {
  readonly language: Language;
  readonly businessName: string;
  readonly assets: AssetPaths;
};

/** The page around `body`, which is HTML already. `switchable`: the other languages are one click away. */
export function renderLayout(frame: Frame, it: { title: string; body: string; switchable: boolean }): string {
  return html`<!doctype html>
<html lang="${LOCALE[frame.language]}">
<head>
<meta charset="utf-8">
<title>${it.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f3ee">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1412">
<link rel="icon" href="data:image/svg+xml,!${encodeURIComponent(MARK)}">
<link rel="stylesheet" href="${frame.assets.style}">
<script src="${frame.assets.script}" defer></script>
</head>
<body>
<header class="top">
  <p class="brand">!${MARK}<span>${frame.businessName}</span></p>
  !${it.switchable ? languageLinks(frame.language) : ''}
</header>
<main>
!${it.body}
</main>
</body>
</html>
`;
}

function languageLinks(current: Language): string {
  const links = LANGUAGES.map((language) => {
    const here = language === current ? ' aria-current="true"' : '';
    return html`<li><a href="/?lang=${language}" lang="${LOCALE[language]}" hreflang="${LOCALE[language]}"!${here}>${phrases[language].name}</a></li>`;
  });
  return html`<nav aria-label="${phrases[current].page.languages}"><ul class="languages">!${links}</ul></nav>`;
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><path fill="#0b6b55" d="M16 3C8.8 3 3 8.3 3 14.9c0 3.3 1.5 6.3 3.9 8.4L5.6 29l6-2.8c1.4.4 2.9.6 4.4.6 7.2 0 13-5.3 13-11.9S23.2 3 16 3z"/><path fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="M10.5 15.3l3.7 3.7 7.3-7.6"/></svg>';
