import type { TemplateDefinition } from '../../channel.ts';
import type { TemplateAtMeta } from './answer-schemas.ts';

/** One part in which Meta's version of a template is not ours; null where one side has no such part. */
export type Difference = {
  readonly part: 'header' | 'body' | 'footer' | 'buttons' | 'parameters' | 'time to live';
  readonly ours: string | null;
  readonly theirs: string | null;
};

/** Everything about a template that learners or the sending of it would notice. */
export function compareTemplate(ours: TemplateDefinition, theirs: TemplateAtMeta): readonly Difference[] {
  const differences: readonly Difference[] = [
    { part: 'header', ours: null, theirs: headerOf(theirs) },
    { part: 'body', ours: ours.body, theirs: textOf(theirs, 'BODY') },
    {
      part: 'parameters',
      ours: parametersIn(ours.body),
      theirs: parametersIn(textOf(theirs, 'BODY') ?? ''),
    },
    { part: 'footer', ours: ours.footer, theirs: textOf(theirs, 'FOOTER') },
    {
      part: 'buttons',
      ours: listed(ours.quickReplies.map((title) => `[${title}]`)),
      theirs: listed(buttonsOf(theirs)),
    },
    { part: 'time to live', ours: `${ours.timeToLiveSeconds} s`, theirs: lifeOf(ours, theirs) },
  ];
  return differences.filter((it) => normalised(it.ours) !== normalised(it.theirs));
}

function parametersIn(body: string): string | null {
  return listed(
    [...new Set([...body.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? ''))].toSorted(),
  );
}

function headerOf(theirs: TemplateAtMeta): string | null {
  const header = theirs.components.find((it) => it.type.toUpperCase() === 'HEADER');
  return header === undefined ? null : (header.text ?? 'a picture, film or document');
}

function textOf(theirs: TemplateAtMeta, type: 'BODY' | 'FOOTER'): string | null {
  return theirs.components.find((it) => it.type.toUpperCase() === type)?.text ?? null;
}

function buttonsOf(theirs: TemplateAtMeta): readonly string[] {
  const buttons = theirs.components.find((it) => it.type.toUpperCase() === 'BUTTONS')?.buttons ?? [];
  return buttons.map(({ type, text }) =>
    type?.toUpperCase() === 'QUICK_REPLY' ? `[${text}]` : `[${text}] (${type})`,
  );
}

/** Meta need not tell it, and takes it away with the category: only another life than ours is a difference. */
function lifeOf(ours: TemplateDefinition, theirs: TemplateAtMeta): string {
  const said = theirs.category === ours.category ? theirs.timeToLiveSeconds : null;
  return `${said ?? ours.timeToLiveSeconds} s`;
}

function listed(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(' ');
}

function normalised(text: string | null): string | null {
  return text === null ? null : text.normalize('NFC').replaceAll('\r\n', '\n').trim();
}
