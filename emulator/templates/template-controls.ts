import type { SwitchChange } from '../../contract/switches.ts';
import type { JsonObject } from '../json-object.ts';
import type { Pacing } from '../sending/pacing.ts';
import { readDefinition } from './read-definition.ts';
import type { Category, QualityScore, Template, TemplateStatus } from './template.ts';
import type { TemplateBook } from './template-book.ts';

/** What the pretend review will say about the next templates. */
type Review = 'approve' | 'approve-as-marketing' | 'reject' | 'leave-pending';

/** What tests and the demo do with templates besides calling the API. Without a language, all of that name. */
export type TemplateControls = {
  list(): readonly Template[];
  /** What the review will say about those submitted from now on; `approve` unless told. */
  review(decision: Review): void;
  /** As Meta does on its own. Tells the service. */
  setStatus(name: string, status: TemplateStatus, language?: string): void;
  /** Moves it at once, as Meta does after a warning for misuse. */
  setCategory(name: string, category: Category, language?: string): void;
  /** Warns, and moves it a day later. */
  announceCategory(name: string, category: Category, language?: string): void;
  setQuality(name: string, score: QualityScore, language?: string): void;
  /** Accepts its sends as held for quality assessment from now on. */
  hold(name: string): void;
  /** Ends that: what waits goes out, or fails with 132015. */
  endHold(name: string, how: 'send' | 'drop'): void;
  /** Puts an approved template there at once, in the shape of the API. */
  addApproved(definition: JsonObject): void;
};

export function createTemplateControls(needs: {
  book: TemplateBook;
  pacing: Pacing;
  change: (switches: SwitchChange) => void;
  poke: () => void;
}): TemplateControls {
  const { book, pacing, poke } = needs;

  function onEach(name: string, language: string | undefined, act: (template: Template) => void): void {
    const chosen = book.list().filter((it) => it.name === name && (language ?? it.language) === it.language);
    if (chosen.length === 0) throw new Error(`there is no template ${name}`);
    for (const template of chosen) act(template);
    poke();
  }

  return {
    list: book.list,
    review(decision) {
      const approveAsMarketing = decision === 'approve-as-marketing';
      needs.change({ account: { approveAsMarketing, review: approveAsMarketing ? 'approve' : decision } });
    },
    setStatus: (name, status, language) =>
      onEach(name, language, ({ id }) => book.setStatus(id, status, null)),
    setCategory: (name, category, language) =>
      onEach(name, language, ({ id }) => book.setCategory(id, category)),
    announceCategory: (name, category, language) =>
      onEach(name, language, ({ id }) => book.announceCategory(id, category)),
    setQuality: (name, score, language) => onEach(name, language, ({ id }) => book.setQuality(id, score)),
    hold: pacing.hold,
    endHold(name, how) {
      pacing.end(name, how);
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
