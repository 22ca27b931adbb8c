import { invalidParameter, type Refusal } from '../graph/refusal.ts';
import { type JsonObject, listAt, textAt } from '../json-object.ts';
import { LANGUAGE_CODES } from './language-codes.ts';
import { readComponents } from './read-components.ts';
import { CATEGORIES, type TemplateDefinition } from './template.ts';

const LONGEST_NAME = 512;
/** A shorter life than these seconds, or a longer one, is no life of a utility template. `-1` means 30 days. */
const UTILITY_LIFE_SECONDS = { shortest: 30, longest: 43_200 };

/** Reads what is submitted for approval, with the checks that Meta makes before a person or a model looks at it. */
export function readDefinition(submitted: JsonObject): TemplateDefinition | { refused: Refusal } {
  const name = textAt(submitted, 'name') ?? '';
  const language = textAt(submitted, 'language') ?? '';
  const category = CATEGORIES.find((it) => it === textAt(submitted, 'category')?.toUpperCase());
  const parameterFormat = (textAt(submitted, 'parameter_format') ?? 'POSITIONAL').toUpperCase();
  const timeToLive = submitted.message_send_ttl_seconds;

  if (!/^[a-z0-9_]+$/.test(name) || name.length > LONGEST_NAME) {
    return bad('Param name must hold only lower-case letters, digits and underscores, at most 512.');
  }
  if (!LANGUAGE_CODES.has(language)) return bad(`Param language is not a supported language: ${language}`);
  if (category === undefined) return bad(`Param category must be one of {${CATEGORIES.join(', ')}}`);
  if (parameterFormat !== 'NAMED' && parameterFormat !== 'POSITIONAL') {
    return bad('Param parameter_format must be one of {NAMED, POSITIONAL}');
  }
  if (timeToLive !== undefined && !isLife(timeToLive))
    return bad('Param message_send_ttl_seconds is out of range.');

  const components = readComponents(listAt(submitted, 'components'), parameterFormat);
  if ('refused' in components) return components;
  return {
    name,
    language,
    category,
    parameterFormat,
    components,
    timeToLiveSeconds: typeof timeToLive === 'number' ? timeToLive : null,
  };
}

function isLife(seconds: unknown): boolean {
  if (typeof seconds !== 'number') return false;
  return (
    seconds === -1 || (seconds >= UTILITY_LIFE_SECONDS.shortest && seconds <= UTILITY_LIFE_SECONDS.longest)
  );
}

function bad(sentence: string): { refused: Refusal } {
  return { refused: invalidParameter(sentence) };
}
