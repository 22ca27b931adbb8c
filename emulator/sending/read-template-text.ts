import { invalidParameter, type Refusal, refusal } from '../graph/refusal.ts';
import { isJsonObject, listAt, textAt } from '../json-object.ts';
import { fill, placeholdersIn } from '../templates/placeholders.ts';
import { bodyOf, headerOf, type Template } from '../templates/template.ts';

const FIRST_VERSION_WITH_132018 = 23;

/** The header or the body of a template, filled with the parameters that were sent for it. */
export function readTemplateText(
  type: 'header' | 'body',
  template: Template,
  components: readonly unknown[],
  majorVersion: number,
): { text: string } | { refused: Refusal } {
  const text = type === 'body' ? bodyOf(template) : (headerOf(template) ?? '');
  const component = components.find((it) => textAt(it, 'type')?.toLowerCase() === type);
  const given = listAt(component, 'parameters');
  const expected = placeholdersIn(text);
  if (given.length !== expected.length) {
    return {
      refused: refusal(
        132000,
        `${type}: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`,
      ),
    };
  }
  const values: Record<string, string> = {};
  for (const [index, parameter] of given.entries()) {
    const name =
      template.parameterFormat === 'NAMED' ? textAt(parameter, 'parameter_name') : String(index + 1);
    const refused = checkParameter(
      parameter,
      name,
      `${type}.parameters[${index}]`,
      template,
      expected,
      majorVersion,
    );
    if (refused !== null) return { refused };
    if (name !== null) values[name] = textAt(parameter, 'text') ?? '';
  }
  const missing = expected.find((name) => values[name] === undefined);
  if (missing !== undefined) return { refused: refusal(132012, `${type}: parameter ${missing} is missing`) };
  return { text: fill(text, values) };
}

function checkParameter(
  parameter: unknown,
  name: string | null,
  field: string,
  template: Template,
  expected: readonly string[],
  majorVersion: number,
): Refusal | null {
  if (!isJsonObject(parameter)) return invalidParameter(`Param template ${field} must be an object.`);
  if (name === null)
    return refusal(132012, `${field}: parameter_name is required, the template has named parameters`);
  if (template.parameterFormat === 'POSITIONAL' && parameter.parameter_name !== undefined) {
    return refusal(132012, `${field}: parameter_name is not allowed, the template has positional parameters`);
  }
  if (!expected.includes(name)) return refusal(132012, `${field}: the template has no parameter ${name}`);
  if (parameter.type !== 'text') return refusal(132012, `${field}.type must be text`);
  const { text } = parameter;
  if (typeof text !== 'string') return refusal(131008, `${field}.text is required`);
  if (text.trim() === '' || /[\n\r\t]| {5}/.test(text)) {
    const code = majorVersion >= FIRST_VERSION_WITH_132018 ? 132018 : 132012;
    return refusal(
      code,
      `${field}: Param text cannot be empty, have new-line/tab characters or more than 4 consecutive spaces`,
    );
  }
  return null;
}
