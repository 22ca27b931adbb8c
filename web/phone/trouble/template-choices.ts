import type { TemplateChange, TemplateState } from '../../../contract/switches.ts';
import type { Choice } from './choice-field.tsx';

/** One name in all its languages. */
export type TemplateFamily = { readonly name: string; readonly templates: readonly TemplateState[] };

export function familiesOf(templates: readonly TemplateState[]): TemplateFamily[] {
  return [...Map.groupBy(templates, (it) => it.name)].map(([name, members]) => ({
    name,
    templates: members.toSorted((one, other) => one.language.localeCompare(other.language)),
  }));
}

/** `other`: a status that a template can have, but not be given. */
export type ChosenStatus = NonNullable<TemplateChange['status']> | 'other';

export function statusChoices(now: string): { chosen: ChosenStatus; choices: Choice<ChosenStatus>[] } {
  const chosen = STATUSES.find((it) => it.value === now)?.value ?? 'other';
  const other: Choice<ChosenStatus> = { value: 'other', words: now.toLowerCase().replaceAll('_', ' ') };
  return { chosen, choices: chosen === 'other' ? [...STATUSES, other] : [...STATUSES] };
}

/** Only a template for authentication is one already; none can become one. */
export function categoryChoices(now: TemplateState['category']): Choice<TemplateState['category']>[] {
  return CATEGORIES.filter((it) => it.value !== 'AUTHENTICATION' || now === 'AUTHENTICATION');
}

const STATUSES: readonly Choice<NonNullable<TemplateChange['status']>>[] = [
  { value: 'APPROVED', words: 'approved' },
  { value: 'PENDING', words: 'pending' },
  { value: 'REJECTED', words: 'rejected' },
  { value: 'PAUSED', words: 'paused' },
  { value: 'DISABLED', words: 'disabled' },
];

const CATEGORIES: readonly Choice<TemplateState['category']>[] = [
  { value: 'UTILITY', words: 'utility' },
  { value: 'MARKETING', words: 'marketing' },
  { value: 'AUTHENTICATION', words: 'authentication' },
];
