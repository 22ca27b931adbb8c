import type { AccountTroubles } from '../../contract/switches.ts';
import type { Agenda } from '../agenda.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Identifiers } from '../identifiers.ts';
import { contentRefusal } from './content-refusal.ts';
import type { Category, QualityScore, Template, TemplateDefinition, TemplateStatus } from './template.ts';

const DAYS = 24 * 60 * 60 * 1000;
const NAME_BLOCKED_AFTER_DELETION_MS = 30 * DAYS;
/** An approved template may be edited so often; one that was refused or paused as often as one likes. */
const MOST_EDITS = [
  { count: 1, withinMs: 1 * DAYS, words: 'once in 24 hours' },
  { count: 10, withinMs: 30 * DAYS, words: '10 times in 30 days' },
];
/** Between the warning and the move of a template to another category. */
const WARNING_MS = 1 * DAYS;
/** Of an account whose business is not verified. */
const MOST_TEMPLATES = 250;

type Decision = Pick<AccountTroubles, 'review' | 'approveAsMarketing'>;

/** What happens to a template, for the webhook that tells it. */
export type TemplateNews =
  | {
      readonly kind: 'status';
      readonly template: Template;
      readonly event: TemplateStatus | 'REINSTATED' | 'PENDING_DELETION';
      readonly reason: string | null;
    }
  | { readonly kind: 'category-announced'; readonly template: Template; readonly movesAt: number }
  | { readonly kind: 'category'; readonly template: Template }
  | { readonly kind: 'quality'; readonly template: Template; readonly previous: QualityScore };

type Refused = { refused: Refusal };

export type TemplateBook = ReturnType<typeof createTemplateBook>;

export function createTemplateBook(needs: {
  now: () => number;
  agenda: Agenda;
  identifiers: Identifiers;
  approvalDelayMs: number;
  account: Readonly<AccountTroubles>;
  tell: (news: TemplateNews) => void;
}) {
  const { now, agenda, identifiers } = needs;
  const templates = new Map<string, Template>();
  const deletedAt = new Map<string, number>();
  const editedAt = new Map<string, number[]>();

  const keyOf = (name: string, language: string) => `${name}/${language}`;

  function find(name: string, language: string): Template | null {
    return templates.get(keyOf(name, language)) ?? null;
  }

  function submit(definition: TemplateDefinition): Template | { refused: Refusal } {
    const key = keyOf(definition.name, definition.language);
    if (templates.has(key)) {
      return contentRefusal(
        2388024,
        'Content in This Language Already Exists',
        'There is already content in this language for this template. You can create a new template and try again.',
      );
    }
    if (now() < (deletedAt.get(key) ?? Number.NEGATIVE_INFINITY) + NAME_BLOCKED_AFTER_DELETION_MS) {
      return contentRefusal(
        2388023,
        'Message Template Language is Being Deleted',
        "New content can't be added while the existing content is being deleted. Try again in 4 weeks.",
      );
    }
    if (templates.size >= MOST_TEMPLATES) {
      return contentRefusal(
        2388019,
        'Message template limit exceeded',
        `An account holds at most ${MOST_TEMPLATES} templates.`,
      );
    }
    const template: Template = {
      ...definition,
      id: identifiers.numeric(),
      status: 'PENDING',
      rejectedReason: 'NONE',
      previousCategory: null,
      correctCategory: null,
      quality: { score: 'UNKNOWN', sinceSeconds: 0 },
    };
    templates.set(key, template);
    goIntoReview(template.id);
    return template;
  }

  /** Back to review with other words. */
  function edit(template: Template, change: Partial<TemplateDefinition>): Refused | null {
    if (template.status !== 'APPROVED' && template.status !== 'REJECTED' && template.status !== 'PAUSED') {
      return notEditable(`A template that is ${template.status} cannot be edited.`);
    }
    if (template.status === 'APPROVED') {
      if (change.category !== undefined && change.category !== template.category) {
        return notEditable('The category of an approved template cannot be edited.');
      }
      const edits = editedAt.get(template.id) ?? [];
      for (const { count, withinMs, words } of MOST_EDITS) {
        if (edits.filter((at) => at > now() - withinMs).length >= count) {
          return notEditable(`An approved template can be edited only ${words}.`);
        }
      }
      editedAt.set(template.id, [...edits, now()]);
    }
    update(template, { ...change, status: 'PENDING', rejectedReason: 'NONE' });
    goIntoReview(template.id);
    return null;
  }

  /** Decided later, by what the review says of those that come in now. */
  function goIntoReview(id: string): void {
    const { review, approveAsMarketing } = needs.account;
    agenda.at(now() + needs.approvalDelayMs, () => decide(id, { review, approveAsMarketing }));
  }

  function decide(id: string, decision: Readonly<Decision>): void {
    const template = byId(id);
    if (template?.status !== 'PENDING') return;
    switch (decision.review) {
      case 'approve':
        // Without asking and without a notification of its own: the category stands in the news of the approval.
        if (decision.approveAsMarketing && template.category === 'UTILITY') {
          update(template, { category: 'MARKETING', previousCategory: 'UTILITY' });
        }
        setStatus(id, 'APPROVED', null);
        break;
      case 'reject':
        setStatus(id, 'REJECTED', 'INVALID_FORMAT');
        break;
      case 'leave-pending':
        break;
      default: {
        const impossible: never = decision.review;
        throw new Error(`no such review: ${impossible}`);
      }
    }
  }

  function update(before: Template, change: Partial<Template>): Template {
    const template = { ...before, ...change };
    templates.set(keyOf(before.name, before.language), template);
    return template;
  }

  function setStatus(id: string, status: TemplateStatus, reason: string | null): void {
    const before = byId(id);
    if (before === null) return;
    const whyRejected = reason ?? 'INVALID_FORMAT';
    const rejectedReason = status === 'REJECTED' ? whyRejected : 'NONE';
    const template = update(before, { status, rejectedReason });
    const event = before.status === 'DISABLED' && status === 'APPROVED' ? 'REINSTATED' : status;
    needs.tell({ kind: 'status', template, event, reason: status === 'REJECTED' ? whyRejected : reason });
  }

  function setCategory(id: string, category: Category): void {
    const before = byId(id);
    if (before === null || before.category === category) return;
    const change = { category, previousCategory: before.category, correctCategory: null };
    needs.tell({ kind: 'category', template: update(before, change) });
  }

  function byId(id: string): Template | null {
    for (const template of templates.values()) if (template.id === id) return template;
    return null;
  }

  return {
    find,
    byId,
    submit,
    edit,
    setStatus,
    list: (): readonly Template[] => [...templates.values()],
    setCategory,
    /** Meta warns a day before it moves a template. */
    announceCategory(id: string, category: Category): void {
      const before = byId(id);
      if (before === null) return;
      const movesAt = now() + WARNING_MS;
      agenda.at(movesAt, () => setCategory(id, category));
      needs.tell({
        kind: 'category-announced',
        template: update(before, { correctCategory: category }),
        movesAt,
      });
    },
    setQuality(id: string, score: QualityScore): void {
      const before = byId(id);
      if (before === null || before.quality.score === score) return;
      const quality = { score, sinceSeconds: Math.floor(now() / 1000) };
      needs.tell({ kind: 'quality', template: update(before, { quality }), previous: before.quality.score });
    },
    /** The same name and language cannot be used again for 30 days. */
    remove(chosen: readonly Template[]): void {
      for (const template of chosen) {
        const key = keyOf(template.name, template.language);
        templates.delete(key);
        deletedAt.set(key, now());
        needs.tell({ kind: 'status', template, event: 'PENDING_DELETION', reason: null });
      }
    },
  };
}

function notEditable(sentence: string): Refused {
  return {
    refused: {
      http: 400,
      code: 100,
      type: 'OAuthException',
      message: 'Invalid parameter',
      userTitle: 'Message template cannot be edited',
      userMessage: sentence,
    },
  };
}
