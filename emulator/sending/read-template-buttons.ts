import { invalidParameter, type Refusal, refusal } from '../graph/refusal.ts';
import { isJsonObject, type JsonObject, listAt, textAt } from '../json-object.ts';
import { buttonsOf, type Template } from '../templates/template.ts';

/** Meta names no number; 128 is what clients keep to, so a longer one is refused here before it surprises. */
const LONGEST_PAYLOAD = 128;

export type TemplateChoice = { readonly id: string; readonly title: string };

/** Its quick replies, each with the payload that was sent for it, else with its label. */
export function readTemplateButtons(
  components: readonly unknown[],
  template: Template,
): TemplateChoice[] | { refused: Refusal } {
  const buttons = buttonsOf(template).map(({ type, text }) => ({ type, id: text, title: text }));
  const seen = new Set<string>();
  for (const component of components) {
    if (!isJsonObject(component) || textAt(component, 'type')?.toLowerCase() !== 'button') continue;
    const index = positionIn(component);
    if (index === null || seen.has(index)) {
      const sentence = 'Param template button index must be the position as a string or a number, each once.';
      return { refused: invalidParameter(sentence) };
    }
    seen.add(index);
    const button = buttons[Number(index)];
    const subType = textAt(component, 'sub_type')?.toLowerCase();
    if (button === undefined || subType !== button.type.toLowerCase()) {
      return { refused: refusal(132000, `button: the template has no ${subType} button at index ${index}`) };
    }
    if (button.type !== 'QUICK_REPLY') continue;
    const payload = readPayload(component, index);
    if ('refused' in payload) return payload;
    button.id = payload.text;
  }
  return buttons.filter((button) => button.type === 'QUICK_REPLY').map(({ id, title }) => ({ id, title }));
}

/** Meta's documents write it as a string on some pages and as an integer on others, and Graph takes both. */
function positionIn({ index }: JsonObject): string | null {
  const position = typeof index === 'number' ? String(index) : index;
  return typeof position === 'string' && /^\d$/.test(position) ? position : null;
}

function readPayload(component: JsonObject, index: string): { text: string } | { refused: Refusal } {
  const [parameter, ...more] = listAt(component, 'parameters');
  const text = textAt(parameter, 'payload');
  if (more.length > 0 || textAt(parameter, 'type') !== 'payload' || text === null || text === '') {
    return { refused: refusal(131008, `button ${index}: one parameter of type payload is required`) };
  }
  if (text.length > LONGEST_PAYLOAD) {
    return {
      refused: refusal(131009, `button ${index}: payload must be at most ${LONGEST_PAYLOAD} characters long`),
    };
  }
  return { text };
}
