import { html } from 'ghtml';
import { AREAS } from '../../interview/areas.ts';
import { LANGUAGES } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { clockTime } from '../../interview/languages/when.ts';
import { countryChoices } from './country-choices.ts';
import {
  controlAttributes,
  type FieldState,
  labelled,
  optionTags,
  problemOf,
  radioButtons,
} from './fields.ts';
import { type Frame, renderLayout } from './layout.ts';
import { renderPreview } from './preview.ts';
import { FIELDS, type Field, type Problems } from './read-registration.ts';
import { zoneChoices } from './zone-choices.ts';

/** What stands in the form, as typed. `country` helps to read a number without `+`; `consent` is empty or not. */
export type Typed = Readonly<Record<Field | 'country', string>>;

/** The form, with the problems of the last attempt beside its fields. It needs no script: the server judges everything. */
export function renderRegistrationPage(
  it: Frame & { typed: Typed; problems: Problems; contact: string | null },
): string {
  const { page } = phrases[it.language];
  const faulty = FIELDS.some((field) => it.problems[field] !== undefined);
  const count = FIELDS.filter((field) => it.problems[field] !== undefined).length;
  const title = page.title({ business: it.businessName });
  const promises = page.promises.map((promise) => html`<li>${promise}</li>`);
  return renderLayout(it, {
    title: faulty ? `${page.problemsTitle({ count })} · ${title}` : title,
    switchable: true,
    body: html`<div class="landing!${faulty ? ' faulty' : ''}">
  <div class="hero">
    <h1>${page.headline}</h1>
    <p class="lead">${page.lead}</p>
    <ul class="promises">!${promises}</ul>
    <a class="button jump" href="#sign-up">${page.form.title}</a>
  </div>
  !${renderPreview(it)}
  <section class="sheet" id="sign-up" aria-labelledby="form-title">
    <h2 id="form-title">${page.form.title}</h2>
    !${faulty ? problemSummary(it) : ''}
    !${form(it)}
  </section>
</div>`,
  });
}

type FormState = Frame & { typed: Typed; problems: Problems; contact: string | null };

/** Focused on arrival, so that a screen reader begins with it and every fault is one link away. */
function problemSummary({ language, problems }: FormState): string {
  const { page } = phrases[language];
  const links = FIELDS.flatMap((field) => {
    const problem = problems[field];
    return problem === undefined ? [] : [html`<li><a href="#${field}">${page.problems[problem]}</a></li>`];
  });
  return html`<div class="summary" id="problems" role="alert" tabindex="-1" autofocus>
      <h3>${page.problemsTitle({ count: links.length })}</h3>
      <ul>!${links}</ul>
    </div>`;
}

function form(it: FormState): string {
  const { page, areas } = phrases[it.language];
  const words = page.form;
  const state = (name: Field): FieldState => {
    const problem = it.problems[name];
    return { name, value: it.typed[name], problem: problem === undefined ? null : page.problems[problem] };
  };
  // `novalidate`: a browser would complain in its own language and one field at a time.
  return html`<form method="post" action="/api/users/register?lang=${it.language}" novalidate>
    !${labelled(state('name'), {
      label: words.name,
      control: (attributes) =>
        html`<input !${attributes} value="${it.typed.name}" autocomplete="name" maxlength="200" required>`,
    })}
    !${numberField(it, state('whatsapp_number'))}
    !${radioButtons(state('tech_area'), {
      label: words.area,
      look: 'cards',
      options: AREAS.map((area) => ({ value: area, label: areas[area] })),
    })}
    !${radioButtons(state('preferred_language'), {
      label: words.language,
      look: 'segments',
      options: LANGUAGES.map((language) => ({ value: language, label: phrases[language].name })),
    })}
    <div class="pair">
      !${zoneField(it, state('timezone'))}
      !${labelled(state('question_time'), {
        label: words.time,
        control: (attributes) =>
          html`<select !${attributes}>!${timeOptions(it.typed.question_time)}</select>`,
      })}
    </div>
    !${consentField(it, state('consent'))}
    <button class="button" type="submit">${words.submit}</button>
    <p class="hint">${words.afterwards}</p>
  </form>`;
}

/** The picker beside the number is only read when the number has no `+`, so it can never contradict it. */
function numberField({ language, typed }: FormState, field: FieldState): string {
  const words = phrases[language].page.form;
  const countries = countryChoices(language).map(({ code, label }) => ({ value: code, label }));
  const options = optionTags([{ value: '', label: words.countryNone }, ...countries], typed.country);
  return html`<div class="field">
        <label for="country">${words.country}</label>
        <select id="country" name="country" autocomplete="country">!${options}</select>
    </div>
    !${labelled(field, {
      label: words.number,
      hint: words.numberHint,
      control: (attributes) =>
        html`<input !${attributes} type="tel" inputmode="tel" autocomplete="tel" value="${field.value}" maxlength="60" required>`,
    })}`;
}

/** `data-detect`: nobody has chosen yet, so the script may choose the browser's zone. */
function zoneField({ language }: FormState, field: FieldState): string {
  const words = phrases[language].page.form;
  const groups = zoneChoices(language).map(({ label, zones }) => {
    const options = zones.map((zone) => ({ value: zone.name, label: zone.label }));
    return html`<optgroup label="${label}">!${optionTags(options, field.value)}</optgroup>`;
  });
  const listed = zoneChoices(language).some(({ zones }) => zones.some((zone) => zone.name === field.value));
  const first = [
    { value: '', label: words.zoneOfCountry },
    ...(listed || field.value === '' ? [] : [{ value: field.value, label: field.value }]),
  ];
  const detect = field.value === '' && field.problem === null ? ' data-detect' : '';
  return labelled(field, {
    label: words.zone,
    hint: words.zoneHint,
    control: (attributes) =>
      html`<select !${attributes}!${detect} data-now="${words.zoneNow({ time: '{time}' })}">!${optionTags(first, field.value)}!${groups}</select>`,
  });
}

const HALF_HOURS: readonly string[] = Array.from({ length: 48 }, (_, index) => clockTime(index * 30));

/** Every half hour, and whatever else was asked for. */
function timeOptions(chosen: string): string {
  const times =
    HALF_HOURS.includes(chosen) || chosen === '' ? HALF_HOURS : [...HALF_HOURS, chosen].toSorted();
  return optionTags(
    times.map((time) => ({ value: time, label: time })),
    chosen,
  );
}

function consentField({ language, businessName, contact, typed }: FormState, field: FieldState): string {
  const { page } = phrases[language];
  const checked = typed.consent === '' ? '' : ' checked';
  return html`<div class="field consent">
      <label class="check"><input type="checkbox" !${controlAttributes(field, ['erasure'])}!${checked} required><span>${page.consent({ business: businessName })}</span></label>
      <p class="hint" id="erasure">${page.erasure({ contact })}</p>
      !${problemOf(field)}
    </div>`;
}
