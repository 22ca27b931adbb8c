import type { Agenda } from '../agenda.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Identifiers } from '../identifiers.ts';
import { contentRefusal } from './content-refusal.ts';
import type { Category, Template, TemplateDefinition, TemplateStatus } from './template.ts';

const DAYS = 24 * 60 * 60 * 1000;
const NAME_BLOCKED_AFTER_DELETION_MS = 30 * DAYS;
/** An approved template may be edited so often; one that was refused or paused as often as one likes. */
const MOST_EDITS = [
  { count: 1, withinMs: 1 * DAYS, words: 'once in 24 hours' },
  { count: 10, withinMs: 30 * DAYS, words: '10 times in 30 days' },
];
/** Of an account whose business is not verified. */
const MOST_TEMPLATES = 250;

/** What the pretend review will say about the next templates. */
export type Review = 'approve' | 'approve-as-marketing' | 'reject' | 'leave-pending';

/** What happens to a template, for the webhook that tells it. */
export type TemplateNews = {
  readonly template: Template;
  readonly event: TemplateStatus | 'PENDING_DELETION';
  readonly reason: string | null;
};

type Refused = { refused: Refusal };

export type TemplateBook = ReturnType<typeof createTemplateBook>;

export function createTemplateBook(needs: {
  now: () => number;
  agenda: Agenda;
  identifiers: Identifiers;
  approvalDelayMs: number;
  tell: (news: TemplateNews) => void;
}) {
  const { now, agenda, identifiers } = needs;
  const templates = new Map<string, Template>();
  const deletedAt = new Map<string, number>();
  const editedAt = new Map<string, number[]>();
  let review: Review = 'approve';

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
    };
    templates.set(key, template);
    const decision = review;
    agenda.at(now() + needs.approvalDelayMs, () => decide(template.id, decision));
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
    const edited: Template = { ...template, ...change, status: 'PENDING', rejectedReason: 'NONE' };
    templates.set(keyOf(template.name, template.language), edited);
    const decision = review;
    agenda.at(now() + needs.approvalDelayMs, () => decide(template.id, decision));
    return null;
  }

  function decide(id: string, decision: Review): void {
    if (byId(id)?.status !== 'PENDING') return;
    switch (decision) {
      case 'approve':
        setStatus(id, 'APPROVED', null);
        break;
      case 'approve-as-marketing':
        setStatus(id, 'APPROVED', null, 'MARKETING');
        break;
      case 'reject':
        setStatus(id, 'REJECTED', 'INVALID_FORMAT');
        break;
      case 'leave-pending':
        break;
      default: {
        const impossible: never = decision;
        throw new Error(`no such review: ${impossible}`);
      }
    }
  }

  function setStatus(id: string, status: TemplateStatus, reason: string | null, category?: Category): void {
    const before = byId(id);
    if (before === null) return;
    const template = {
      ...before,
      status,
      category: category ?? before.category,
      rejectedReason: status === 'REJECTED' ? (reason ?? 'INVALID_FORMAT') : 'NONE',
    };
    templates.set(keyOf(before.name, before.language), template);
    needs.tell({ template, event: status, reason });
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
    setReview: (wanted: Review) => {
      review = wanted;
    },
    /** The same name and language cannot be used again for 30 days. */
    remove(chosen: readonly Template[]): void {
      for (const template of chosen) {
        const key = keyOf(template.name, template.language);
        templates.delete(key);
        deletedAt.set(key, now());
        needs.tell({ template, event: 'PENDING_DELETION', reason: null });
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
