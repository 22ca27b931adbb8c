import { html } from 'ghtml';
import type { Field } from './read-registration.ts';

/** A field of the form: what was typed into it, and the sentence about what is wrong with it. */
export type FieldState = { readonly name: Field; readonly value: string; readonly problem: string | null };

/** One choice of a list or of a group of radio buttons. */
export type Option = { readonly value: string; readonly label: string };

/** A label, a control and, if there is one, the problem; `control` gets the attributes that tie them together. */
export function labelled(
  field: FieldState,
  it: { label: string; hint?: string; control: (attributes: string) => string },
): string {
  const hintId = it.hint === undefined ? [] : [`${field.name}-hint`];
  return html`<div class="field">
    <label for="${field.name}">${it.label}</label>
    !${it.control(controlAttributes(field, hintId))}
    !${it.hint === undefined ? '' : html`<p class="hint" id="${hintId}">${it.hint}</p>`}
    !${problemOf(field)}
  </div>`;
}

/** Radio buttons as cards, or side by side when their labels are short. The first carries the field's id: the summary's link leads to it. */
export function radioButtons(
  field: FieldState,
  it: { label: string; look: 'cards' | 'segments'; options: readonly Option[] },
): string {
  const choices = it.options.map(({ value, label }, place) => {
    const id = place === 0 ? html` id="${field.name}"` : '';
    const checked = value === field.value ? ' checked' : '';
    return html`<label><input type="radio" name="${field.name}" value="${value}"!${id}!${checked}><span>${label}</span></label>`;
  });
  const problem =
    field.problem === null ? '' : html` aria-invalid="true" aria-describedby="${field.name}-problem"`;
  return html`<fieldset class="field" role="radiogroup" aria-required="true"!${problem}>
    <legend>${it.label}</legend>
    <div class="${it.look}">!${choices}</div>
    !${problemOf(field)}
  </fieldset>`;
}

export function optionTags(options: readonly Option[], chosen: string): string {
  return options
    .map(({ value, label }) => {
      const selected = value === chosen ? ' selected' : '';
      // The end tag may be left out, and there are six hundred of them.
      return html`<option value="${value}"!${selected}>${label}`;
    })
    .join('');
}

export function problemOf(field: FieldState): string {
  return field.problem === null
    ? ''
    : html`<p class="problem" id="${field.name}-problem">${field.problem}</p>`;
}

/** Name, id, and what a screen reader says along with the label. */
export function controlAttributes(field: FieldState, describedBy: readonly string[]): string {
  const described = [...describedBy, ...(field.problem === null ? [] : [`${field.name}-problem`])];
  return [
    html`id="${field.name}" name="${field.name}"`,
    described.length === 0 ? '' : html` aria-describedby="${described.join(' ')}"`,
    field.problem === null ? '' : ' aria-invalid="true"',
  ].join('');
}
