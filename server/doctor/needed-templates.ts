import { allTemplates } from '../../interview/templates.ts';
import type { TemplateDefinition } from '../channels/channel.ts';

/** Every template the service sends, as it is submitted. */
export function neededTemplates(): readonly TemplateDefinition[] {
  return allTemplates().map((template) => ({ ...template, category: 'UTILITY' }));
}
