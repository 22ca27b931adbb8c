import { describe, expect, it } from 'vitest';
import type { TemplateDefinition } from '../../channel.ts';
import { type TemplateAtMeta, templatesSchema } from './answer-schemas.ts';
import { compareTemplate } from './compare-template.ts';
import { planTemplates } from './plan-templates.ts';

const OURS: TemplateDefinition = {
  name: 'daily_question_teaser',
  languageCode: 'pt_BR',
  category: 'UTILITY',
  body: 'Olá {{first_name}}, sua pergunta de {{area}} está pronta.\nToque no botão.',
  footer: 'Responda PARAR para encerrar',
  quickReplies: ['Ver a pergunta'],
  samples: [
    { name: 'first_name', example: 'Ana' },
    { name: 'area', example: 'Ruby' },
  ],
  timeToLiveSeconds: 43_200,
};

/** The same as Meta lists it. */
const LISTED = {
  id: '1100220033004400',
  name: OURS.name,
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'UTILITY',
  correct_category: 'UTILITY',
  message_send_ttl_seconds: 43_200,
  quality_score: { score: 'GREEN', date: 1 },
  rejected_reason: 'NONE',
  components: [
    { type: 'BODY', text: OURS.body, example: {} },
    { type: 'FOOTER', text: OURS.footer },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Ver a pergunta' }] },
  ],
};

const listed = (change: object = {}): TemplateAtMeta =>
  templatesSchema.parse({ data: [{ ...LISTED, ...change }] }).items[0]!;
const stepFor = (change: object) => planTemplates([OURS], [listed(change)]).steps[0]!;
const withBody = (text: string) => ({
  components: LISTED.components.map((it) => (it.type === 'BODY' ? { ...it, text } : it)),
});

describe('what is to be done about a template', () => {
  it('is to create it when Meta has none of that name in that language', () => {
    expect(planTemplates([OURS], [listed({ language: 'pt_PT' })])).toMatchObject({
      steps: [{ kind: 'create' }],
      unknown: [{ languageCode: 'pt_PT' }],
    });
  });

  it.each([
    ['nothing when it is approved as it stands', {}, 'same'],
    ['nothing when Meta writes its language with a hyphen', { language: 'pt-BR' }, 'same'],
    ['to change it when the words differ', withBody('Other words'), 'change'],
    [
      'to change it when it was refused and the words differ',
      { ...withBody('x'), status: 'REJECTED' },
      'change',
    ],
    ['to look at it when it was refused in our own words', { status: 'REJECTED' }, 'unusable'],
    ['to look at it when it is paused', { status: 'PAUSED' }, 'unusable'],
    [
      'to look at it when it is disabled, whatever the words',
      { ...withBody('x'), status: 'DISABLED' },
      'unusable',
    ],
    ['to wait while it is in review', { status: 'PENDING' }, 'in-review'],
    ['to wait while it is in review with other words', { ...withBody('x'), status: 'PENDING' }, 'in-review'],
    ['to know that it is in another category', { category: 'MARKETING' }, 'category-moved'],
    ['to know that it will be in another category', { correct_category: 'MARKETING' }, 'category-moved'],
  ])('is %s', (_, change, kind) => {
    expect(stepFor(change).kind).toBe(kind);
  });

  it('is nothing to those that are not ours', () => {
    const plan = planTemplates(
      [OURS],
      [listed(), listed({ id: '2', name: 'hello_world', language: 'en_US' })],
    );
    expect(plan.unknown.map((it) => it.name)).toEqual(['hello_world']);
  });
});

describe('the differences between ours and Meta’s', () => {
  const partsOf = (change: object) => compareTemplate(OURS, listed(change)).map((it) => it.part);
  const body = LISTED.components[0]!;

  it.each([
    ['another body', withBody(OURS.body.replace('pronta', 'aqui')), ['body']],
    ['another parameter', withBody(OURS.body.replace('{{area}}', '{{subject}}')), ['body', 'parameters']],
    ['no footer and no buttons', { components: [body] }, ['footer', 'buttons']],
    [
      'a header we have not',
      { components: [{ type: 'HEADER', format: 'TEXT', text: 'Hi' }, ...LISTED.components] },
      ['header'],
    ],
    [
      'a button that is a link',
      {
        components: [
          ...LISTED.components.slice(0, 2),
          { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver a pergunta' }] },
        ],
      },
      ['buttons'],
    ],
    ['another life', { message_send_ttl_seconds: 60 }, ['time to live']],
    ['a life that Meta does not tell', { message_send_ttl_seconds: undefined }, []],
    ['a life that went with the category', { category: 'MARKETING', message_send_ttl_seconds: -1 }, []],
    ['line ends and blanks around', withBody(` ${OURS.body.replace('\n', '\r\n')}\n`), []],
  ])('are found for %s', (_, change, parts) => {
    expect(partsOf(change)).toEqual(parts);
  });
});
