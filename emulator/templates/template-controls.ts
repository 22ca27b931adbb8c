import type { JsonObject } from '../json-object.ts';
import { readDefinition } from './read-definition.ts';
import type { Template, TemplateStatus } from './template.ts';
import type { Review, TemplateBook } from './template-book.ts';

/** What tests and the demo do with templates besides calling the API. */
export type TemplateControls = {
  list(): readonly Template[];
  /** What the review will say about those submitted from now on; `approve` unless told. */
  review(decision: Review): void;
  /** As Meta does on its own; without a language, all of that name. Tells the service. */
  setStatus(name: string, status: TemplateStatus, language?: string): void;
  /** Puts an approved template there at once, in the shape of the API. */
  addApproved(definition: JsonObject): void;
};

export function createTemplateControls(book: TemplateBook, poke: () => void): TemplateControls {
  return {
    list: book.list,
    review: book.setReview,
    setStatus(name, status, language) {
      const chosen = book
        .list()
        .filter((it) => it.name === name && (language ?? it.language) === it.language);
      if (chosen.length === 0) throw new Error(`there is no template ${name}`);
      for (const template of chosen) book.setStatus(template.id, status, null);
      poke();
    },
    addApproved(definition) {
      const read = readDefinition(definition);
      const template = 'refused' in read ? read : book.submit(read);
      if ('refused' in template) {
        throw new Error(
          `Meta would refuse this template: ${template.refused.userMessage ?? template.refused.message}`,
        );
      }
      book.setStatus(template.id, 'APPROVED', null);
      poke();
    },
  };
}
