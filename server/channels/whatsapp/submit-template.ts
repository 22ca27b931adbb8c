import type { Failure, TemplateDefinition } from '../channel.ts';
import { failureOf, notSent } from './failures.ts';
import type { GraphAnswer } from './graph.ts';
import { type GraphError, graphErrorIn } from './graph-error.ts';

type Submission = 'submitted' | 'exists' | { readonly failed: Failure };

/** The JSON that submits a template for approval. */
export function templateBody(template: TemplateDefinition): object {
  return {
    name: template.name,
    language: template.languageCode,
    category: template.category,
    parameter_format: 'named',
    // A phone that was off for a week shall not receive seven questions at once.
    message_send_ttl_seconds: template.timeToLiveSeconds,
    components: templateComponents(template),
  };
}

/** What may be changed of a template that is there already. */
export function templateComponents(template: TemplateDefinition): object[] {
  return [
    { type: 'BODY', text: template.body, ...bodySamples(template.samples) },
    ...(template.footer === null ? [] : [{ type: 'FOOTER', text: template.footer }]),
    ...quickReplies(template.quickReplies),
  ];
}

/** What to do next after a call that was to submit a template. */
export function outcomeOfSubmitting(answer: GraphAnswer): Submission {
  switch (answer.kind) {
    case 'not-sent':
    // Submitting twice is harmless, the second time it exists.
    case 'no-answer':
      return { failed: notSent(answer.why) };
    case 'answered':
      return outcomeOfAnswer(answer.status, answer.body);
    default: {
      const impossible: never = answer;
      throw new Error(`no outcome for ${JSON.stringify(impossible)}`);
    }
  }
}

function outcomeOfAnswer(status: number, body: unknown): Submission {
  const error = graphErrorIn(body);
  if (error === null && status >= 200 && status < 300) return 'submitted';
  if (error !== null && saysItExists(error)) return 'exists';
  return { failed: failureOf(error, status) };
}

/** Name and language are taken. Which of these Meta gives has changed over time, so its words count as well. */
const EXISTS: readonly number[] = [2388023, 2388024, 2388039];

function saysItExists(error: GraphError): boolean {
  const words = [error.error_user_title, error.error_user_msg, error.error_data?.details, error.message].join(
    ' ',
  );
  // The same codes also come while a template of that name is still being deleted: then there is none.
  if (/being deleted/i.test(words)) return false;
  if (/already exists/i.test(words)) return true;
  return [error.code, error.error_subcode].some((code) => code !== undefined && EXISTS.includes(code));
}

function bodySamples(samples: TemplateDefinition['samples']): object {
  if (samples.length === 0) return {};
  return {
    example: { body_text_named_params: samples.map(({ name, example }) => ({ param_name: name, example })) },
  };
}

function quickReplies(labels: readonly string[]): object[] {
  if (labels.length === 0) return [];
  return [{ type: 'BUTTONS', buttons: labels.map((text) => ({ type: 'QUICK_REPLY', text })) }];
}
