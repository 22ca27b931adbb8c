import { readDefinition } from '../templates/read-definition.ts';
import type { Template } from '../templates/template.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { selectFields } from './fields.ts';
import { DONE, type GraphAnswer, type GraphRoutes } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

const USUAL_FIELDS = ['name', 'parameter_format', 'components', 'language', 'status', 'category'];
const PAGE_SIZE = 25;
const LARGEST_PAGE = 1000;

/** Templates, from submission to deletion. */
export function templateRoutes(needs: { book: TemplateBook; urlOf: (path: string) => string }): GraphRoutes {
  const { book } = needs;
  const found = (id: string): Template => {
    const template = book.byId(id);
    if (template === null) throw new Error(`template ${id} was found and is gone`);
    return template;
  };
  return {
    'POST account/message_templates': ({ body }) => {
      if (body === null) return { refused: invalidParameter('The parameter name is required.') };
      const definition = readDefinition(body);
      if ('refused' in definition) return definition;
      const template = book.submit(definition);
      if ('refused' in template) return template;
      return { answer: { id: template.id, status: template.status, category: template.category } };
    },

    'GET account/message_templates': ({ id, query }) => {
      const listed = book.list().filter((template) => matches(template, query));
      const limit = Math.min(Number(query.limit ?? PAGE_SIZE) || PAGE_SIZE, LARGEST_PAGE);
      const start =
        query.after === undefined ? 0 : listed.findIndex((it) => cursorOf(it) === query.after) + 1;
      const page = listed.slice(start, start + limit);
      const data: object[] = [];
      for (const template of page) {
        const selected = fieldsOf(template, query.fields);
        if (!('answer' in selected)) return selected;
        data.push(selected.answer);
      }
      const [first, last] = [page[0], page.at(-1)];
      if (first === undefined || last === undefined) return { answer: { data } };
      const cursors = { before: cursorOf(first), after: cursorOf(last) };
      if (start + limit >= listed.length) return { answer: { data, paging: { cursors } } };
      const next = new URLSearchParams({ ...query, after: cursors.after });
      return {
        answer: { data, paging: { cursors, next: needs.urlOf(`/v25.0/${id}/message_templates?${next}`) } },
      };
    },

    'DELETE account/message_templates': ({ query }) => {
      const { name, hsm_id } = query;
      if (name === undefined) return { refused: invalidParameter('The parameter name is required.') };
      const chosen = book.list().filter((it) => it.name === name && (hsm_id ?? it.id) === it.id);
      if (chosen.length === 0) return { refused: invalidParameter('Message template was not found.') };
      book.remove(chosen);
      return DONE;
    },

    'GET template': ({ id, query }) => fieldsOf(found(id), query.fields),

    'POST template': ({ id, body }) => {
      const template = found(id);
      if (body === null) return { refused: invalidParameter('The parameter components is required.') };
      const fixed = ['name', 'language', 'parameter_format'].find((key) => key in body);
      if (fixed !== undefined) return { refused: invalidParameter(`Param ${fixed} cannot be edited.`) };
      const definition = readDefinition({
        components: template.components,
        category: template.category,
        ...(template.timeToLiveSeconds === null
          ? {}
          : { message_send_ttl_seconds: template.timeToLiveSeconds }),
        ...body,
        name: template.name,
        language: template.language,
        parameter_format: template.parameterFormat,
      });
      if ('refused' in definition) return definition;
      return book.edit(template, definition) ?? DONE;
    },

    'POST template/unpause': ({ id }) => {
      if (found(id).status !== 'PAUSED') {
        return { refused: invalidParameter('Only a paused template can be unpaused.') };
      }
      book.setStatus(id, 'APPROVED', null);
      return { answer: { success: true, reason: 'Active' } };
    },
  };
}

function matches(template: Template, query: Readonly<Record<string, string>>): boolean {
  return (
    template.name.includes(query.name ?? '') &&
    (query.language ?? template.language) === template.language &&
    (query.status ?? template.status).toUpperCase() === template.status &&
    (query.category ?? template.category).toUpperCase() === template.category
  );
}

function fieldsOf(template: Template, wanted: string | undefined): GraphAnswer {
  const health = template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED';
  const node = {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    correct_category: template.correctCategory ?? template.category,
    previous_category: template.previousCategory,
    parameter_format: template.parameterFormat,
    message_send_ttl_seconds: template.timeToLiveSeconds ?? -1,
    quality_score: { score: template.quality.score, date: template.quality.sinceSeconds },
    rejected_reason: template.rejectedReason,
    components: template.components,
    health_status: {
      can_send_message: health,
      entities: [{ entity_type: 'MESSAGE_TEMPLATE', id: template.id, can_send_message: health }],
    },
  };
  return selectFields(node, wanted, USUAL_FIELDS, 'WhatsAppMessageTemplate');
}

function cursorOf(template: Template): string {
  return Buffer.from(template.id).toString('base64');
}
