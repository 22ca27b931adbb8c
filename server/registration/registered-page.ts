import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import { phrases } from '../../interview/languages/phrases.ts';
import { type Frame, renderLayout } from './layout.ts';

export type Confirmation = 'pending' | 'confirmed' | 'dropped';

type Registered = Frame & {
  readonly confirmation: Confirmation;
  /** Opens WhatsApp with the code typed in; null where we do not have it (any more). */
  readonly startLink: string | null;
  /** Where the script asks what became of it. */
  readonly statusPath: string;
  /** The same page, to look again without script. */
  readonly pagePath: string;
};

/**
 * What to do next, the same for numbers we know and numbers we do not. Every outcome is in it from the start: the
 * script only shows the one that came, and without script a link asks again.
 */
export function renderRegisteredPage(it: Registered): string {
  const { registered } = phrases[it.language].page;
  return renderLayout(it, {
    title: `${registered.title} · ${it.businessName}`,
    switchable: false,
    body: html`<div class="outcome" data-status="${it.statusPath}" data-page="${it.pagePath}" data-state="${it.confirmation}">
  !${pending(it)}
  !${settled(it, 'confirmed', registered.confirmedTitle, registered.confirmedText)}
  !${settled(it, 'dropped', registered.droppedTitle, registered.droppedText)}
  <p class="visually-hidden" role="status" id="announcement"></p>
</div>`,
  });
}

function pending(it: Registered): string {
  const { buttons, page } = phrases[it.language];
  const words = page.registered;
  const hidden = it.confirmation === 'pending' ? '' : ' hidden';
  return html`<section class="sheet" data-when="pending"!${hidden}>
    <h1 tabindex="-1"!${it.confirmation === 'pending' ? ' autofocus' : ''}>${words.headline}</h1>
    <p class="lead">${words.lead}</p>
    <ol class="ways">
      !${it.startLink === null ? '' : linkWay(it, it.startLink)}
      <li class="way">
        <h2>${words.tapTitle({ start: buttons.start })}</h2>
        <p>${words.tapText({ business: it.businessName })}</p>
      </li>
    </ol>
    <p class="waiting"><span class="dot" aria-hidden="true"></span><span id="waiting" data-stopped="${words.stoppedWaiting}">${words.waiting}</span>
      <a href="${it.pagePath}">${words.refresh}</a></p>
  </section>`;
}

function linkWay({ language }: Registered, startLink: string): string {
  const words = phrases[language].page.registered;
  return html`<li class="way">
        <h2>${words.sendTitle}</h2>
        <p>${words.sendText}</p>
        <a class="button" href="${startLink}" target="_blank" rel="noopener">${words.open}</a>
        <div class="scan">
          <p>${words.scan}</p>
          <div class="code" role="img" aria-label="${words.code}">!${renderSVG(startLink, { ecc: 'M', border: 2, pixelSize: 1 })}</div>
        </div>
      </li>`;
}

function settled(it: Registered, when: Confirmation, title: string, text: string): string {
  const hidden = it.confirmation === when ? '' : ' hidden';
  const { page } = phrases[it.language];
  return html`<section class="sheet done" data-when="${when}"!${hidden}>
    <h1 tabindex="-1">${title}</h1>
    <p class="lead">${text}</p>
    !${when === 'dropped' ? html`<p><a class="button" href="/?lang=${it.language}">${page.refused.again}</a></p>` : ''}
  </section>`;
}
