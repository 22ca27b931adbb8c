import type { TemplateDefinition } from '../../channel.ts';
import type { TemplateAtMeta } from './answer-schemas.ts';
import { compareTemplate, type Difference } from './compare-template.ts';

/** What is to be done about one template in one language code. */
export type TemplateStep =
  | { readonly kind: 'create'; readonly ours: TemplateDefinition }
  | {
      readonly kind: 'change';
      readonly ours: TemplateDefinition;
      readonly theirs: TemplateAtMeta;
      readonly differences: readonly Difference[];
    }
  /** Meta takes no changes now. `differences` are what must be changed afterwards. */
  | {
      readonly kind: 'in-review';
      readonly ours: TemplateDefinition;
      readonly theirs: TemplateAtMeta;
      readonly differences: readonly Difference[];
    }
  /** As we want it in every word, and not usable: refused, paused, disabled or being deleted. */
  | { readonly kind: 'unusable'; readonly ours: TemplateDefinition; readonly theirs: TemplateAtMeta }
  /** Usable, but in another category than we asked for, or about to be. */
  | { readonly kind: 'category-moved'; readonly ours: TemplateDefinition; readonly theirs: TemplateAtMeta }
  | { readonly kind: 'same'; readonly ours: TemplateDefinition; readonly theirs: TemplateAtMeta };

export type TemplatePlan = {
  readonly steps: readonly TemplateStep[];
  /** At Meta and not ours: left alone. */
  readonly unknown: readonly TemplateAtMeta[];
};

/** Compares what we need with what Meta has. */
export function planTemplates(
  definitions: readonly TemplateDefinition[],
  atMeta: readonly TemplateAtMeta[],
): TemplatePlan {
  const isOf = (theirs: TemplateAtMeta) => (ours: TemplateDefinition) =>
    ours.name === theirs.name && ours.languageCode === theirs.languageCode;
  return {
    steps: definitions.map((ours) => {
      const theirs = atMeta.find((it) => isOf(it)(ours));
      return theirs === undefined ? { kind: 'create', ours } : stepFor(ours, theirs);
    }),
    unknown: atMeta.filter((theirs) => !definitions.some(isOf(theirs))),
  };
}

/** Meta edits only what is in none of these. */
const IN_REVIEW: readonly string[] = ['PENDING', 'IN_APPEAL'];
const BEYOND_EDITING: readonly string[] = [
  'DISABLED',
  'PENDING_DELETION',
  'DELETED',
  'LIMIT_EXCEEDED',
  'ARCHIVED',
];

function stepFor(ours: TemplateDefinition, theirs: TemplateAtMeta): TemplateStep {
  const differences = compareTemplate(ours, theirs);
  if (IN_REVIEW.includes(theirs.status)) return { kind: 'in-review', ours, theirs, differences };
  if (BEYOND_EDITING.includes(theirs.status)) return { kind: 'unusable', ours, theirs };
  if (differences.length > 0) return { kind: 'change', ours, theirs, differences };
  if (theirs.status !== 'APPROVED') return { kind: 'unusable', ours, theirs };
  if (theirs.category !== ours.category || theirs.comingCategory !== null) {
    return { kind: 'category-moved', ours, theirs };
  }
  return { kind: 'same', ours, theirs };
}
