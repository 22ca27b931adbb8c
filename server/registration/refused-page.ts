import { html } from 'ghtml';
import { phrases } from '../../interview/languages/phrases.ts';
import { type Frame, renderLayout } from './layout.ts';

/** One sentence instead of a page, and the way back. */
export function renderRefusedPage(it: Frame & { sentence: string }): string {
  const { refused } = phrases[it.language].page;
  return renderLayout(it, {
    title: `${refused.title} · ${it.businessName}`,
    switchable: false,
    body: html`<section class="sheet outcome">
  <h1>${refused.title}</h1>
  <p class="lead">${it.sentence}</p>
  <p><a class="button" href="/?lang=${it.language}">${refused.again}</a></p>
</section>`,
  });
}
