const HOURS = 60 * 60 * 1000;
const MINUTES = 60 * 1000;

/**
 * WhatsApp allows free text for 24 hours after a learner last wrote. Ten minutes short of that we call the window
 * closed: a message may wait for its turn or for a retry, and one that arrives late is refused (131047).
 */
export const WINDOW_MS = 24 * HOURS - 10 * MINUTES;

export function windowIsOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now < lastInboundAt + WINDOW_MS;
}

/** The template's own words and the footer share 1,024 characters with what is filled in. */
export const LONGEST_TEMPLATE_QUESTION = 550;

/**
 * True when a text may stand in a template's parameter as it is. Meta refuses a newline, a tab and five or more
 * spaces in a row (132018), so a question with code or several lines is announced by a teaser instead.
 */
export function fitsTemplateParameter(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_TEMPLATE_QUESTION && !/[\n\r\t]| {5}/.test(text);
}

/** What a closed window leaves us: the question inside the template, the teaser with its button, or nothing yet. */
export type SendingForm = 'free' | 'whole' | 'teaser' | 'held';

/** How a message goes out, decided at the moment of sending. `held`: no way to say it now. */
export function sendingForm(may: { windowOpen: boolean; whole: boolean; teaser: boolean }): SendingForm {
  if (may.windowOpen) return 'free';
  if (may.whole) return 'whole';
  if (may.teaser) return 'teaser';
  return 'held';
}
