// Everything here is a convenience: the pages work without it.

const POLL_MS = 2 * 1000;
const STOP_AFTER_MS = 10 * 60 * 1000;

chooseBrowserZone();
showClockOfZone();
chooseCountryOfZone();
letPlusWin();
sendOnce();
focusProblems();
awaitConfirmation();

/** Who has not chosen a time zone yet is most likely where the browser is. */
function chooseBrowserZone() {
  const zones = document.querySelector('#timezone[data-detect]');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // A browser brought back from another page has restored what was chosen before.
  if (!zones || !here || zones.value !== '') return;
  if (!optionOf(zones, here)) zones.add(new Option(here, here));
  zones.value = here;
}

/** The surest check of a time zone is to look at its clock. */
function showClockOfZone() {
  const zones = document.querySelector('#timezone');
  const hint = document.querySelector('#timezone-hint');
  if (!zones || !hint) return;
  const general = hint.textContent;
  const show = () => {
    hint.textContent =
      zones.value === '' ? general : zones.dataset.now.replace('{time}', clockIn(zones.value));
  };
  zones.addEventListener('change', show);
  setInterval(show, 10 * 1000);
  show();
}

function clockIn(zone) {
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone };
  return new Intl.DateTimeFormat(document.documentElement.lang, parts).format(new Date());
}

/** The country is guessed from the zone only where the zone has one country and the number says nothing. */
function chooseCountryOfZone() {
  const countries = document.querySelector('#country');
  const number = document.querySelector('#whatsapp_number');
  const zones = document.querySelector('#timezone[data-detect]');
  if (!countries || !zones || countries.value !== '' || number.value !== '') return;
  const found = [...countries.options].filter(
    ({ value }) => value !== '' && zonesOf(value).includes(zones.value),
  );
  if (found.length === 1) countries.value = found[0].value;
}

function zonesOf(country) {
  const place = new Intl.Locale(`und-${country}`);
  return place.getTimeZones?.() ?? place.timeZones ?? [];
}

/** A number with + names its country itself; the picker must not seem to contradict it. */
function letPlusWin() {
  const countries = document.querySelector('#country');
  const number = document.querySelector('#whatsapp_number');
  number?.addEventListener('input', () => {
    if (number.value.trim().startsWith('+')) countries.value = '';
  });
}

function optionOf(select, value) {
  return [...select.options].find((option) => option.value === value);
}

/** A second tap while the first is on its way would register twice. */
function sendOnce() {
  const form = document.querySelector('form');
  const button = form?.querySelector('button[type="submit"]');
  form?.addEventListener('submit', (event) => {
    if (button.getAttribute('aria-disabled') === 'true') event.preventDefault();
    button.setAttribute('aria-disabled', 'true');
  });
  // Going back brings the page as it was left.
  addEventListener('pageshow', () => button?.removeAttribute('aria-disabled'));
}

/** Not every browser honours `autofocus` on what is not a control; those that do have done so by now. */
function focusProblems() {
  const problems = document.querySelector('#problems');
  addEventListener('load', () => {
    if (document.activeElement === document.body) problems?.focus();
  });
}

/** Asks until the owner of the number has decided, and shows it without loading the page again. */
function awaitConfirmation() {
  const outcome = document.querySelector('[data-status]');
  if (outcome?.dataset.state !== 'pending') return;
  // Phones drop pages in the background; loaded again, this one must not post the form a second time.
  history.replaceState(null, '', outcome.dataset.page);
  const until = Date.now() + STOP_AFTER_MS;
  let timer;

  async function ask() {
    clearTimeout(timer);
    const state = await stateAt(outcome.dataset.status);
    if (state === 'confirmed' || state === 'dropped') return settle(outcome, state);
    if (Date.now() < until) timer = setTimeout(ask, POLL_MS);
    else stopWaiting();
  }

  // Back from WhatsApp: the answer is most likely there.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && outcome.dataset.state === 'pending') void ask();
  });
  timer = setTimeout(ask, POLL_MS);
}

/** Without a network, or asked too often, we know no more than before. */
async function stateAt(address) {
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    return answer.ok ? (await answer.json()).status : 'pending';
  } catch {
    return 'pending';
  }
}

function settle(outcome, state) {
  const focused = outcome.contains(document.activeElement);
  outcome.dataset.state = state;
  for (const section of outcome.querySelectorAll('[data-when]'))
    section.hidden = section.dataset.when !== state;
  const shown = outcome.querySelector(`[data-when="${state}"]`);
  const title = shown.querySelector('h1').textContent;
  document.title = title;
  // What had the focus is hidden now; without this the keyboard would begin at the top of the page.
  if (focused) shown.querySelector('h1').focus();
  document.querySelector('#announcement').textContent =
    `${title} ${shown.querySelector('.lead').textContent}`;
}

function stopWaiting() {
  const waiting = document.querySelector('#waiting');
  waiting.textContent = waiting.dataset.stopped;
  document.querySelector('#announcement').textContent = waiting.dataset.stopped;
}
