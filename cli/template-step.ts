import type { TemplateDefinition } from '../server/channels/channel.ts';
import type { TemplateAtMeta } from '../server/channels/whatsapp/management/answer-schemas.ts';
import type { Difference } from '../server/channels/whatsapp/management/compare-template.ts';
import type { TemplateStep } from '../server/channels/whatsapp/management/plan-templates.ts';
import { inColour } from './in-colour.ts';

export function titleOf(template: { name: string; languageCode: string }): string {
  return `${template.name} (${template.languageCode})`;
}

/** One step of a plan for people: what is to be done, and the words that differ. */
export function printStep(step: TemplateStep): void {
  const title = titleOf(step.ours);
  switch (step.kind) {
    case 'create':
      print('create', 'green', title);
      printWhole(step.ours);
      return;
    case 'change':
      print('change', 'yellow', title);
      for (const difference of step.differences) printDifference(difference);
      return;
    case 'in-review':
      print(
        'in review',
        'gray',
        step.differences.length === 0 ? title : `${title}, to be changed afterwards`,
      );
      return;
    case 'unusable': {
      const { status, rejectedReason } = step.theirs;
      print('look', 'red', `${title} is ${status}${rejectedReason === null ? '' : `: ${rejectedReason}`}`);
      return;
    }
    case 'category-moved': {
      const { category, comingCategory } = step.theirs;
      print(
        'moved',
        'yellow',
        `${title} ${comingCategory === null ? 'is' : 'becomes'} ${comingCategory ?? category}`,
      );
      return;
    }
    case 'same':
      print('same', 'gray', title);
      return;
    default: {
      const impossible: never = step;
      throw new Error(`Unknown step: ${JSON.stringify(impossible)}`);
    }
  }
}

export function printUnknown(templates: readonly TemplateAtMeta[]): void {
  for (const it of templates)
    print('left alone', 'gray', `${titleOf(it)}, ${it.status}: not of this program`);
}

function print(what: string, colour: 'green' | 'yellow' | 'red' | 'gray', title: string): void {
  console.log(`${inColour(colour, what.padEnd(WIDEST))}  ${title}`);
}

const WIDEST = 'left alone'.length;
const INDENT = ' '.repeat(WIDEST + 2);

function printWhole(template: TemplateDefinition): void {
  const lines = [
    ...template.body.split('\n'),
    ...(template.footer === null ? [] : [template.footer]),
    template.quickReplies.map((title) => `[${title}]`).join(' '),
  ];
  for (const line of lines) console.log(inColour('green', `${INDENT}+ ${line}`));
}

/** Only the lines that differ, between those that both sides begin and end with. */
function printDifference({ part, ours, theirs }: Difference): void {
  const before = theirs?.split('\n') ?? [];
  const after = ours?.split('\n') ?? [];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  console.log(`${INDENT}${part}`);
  for (const line of before.slice(head, before.length - tail))
    console.log(inColour('red', `${INDENT}- ${line}`));
  for (const line of after.slice(head, after.length - tail))
    console.log(inColour('green', `${INDENT}+ ${line}`));
}
