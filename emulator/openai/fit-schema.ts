import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import type { Judgement } from './judge.ts';
import type { Task } from './read-task.ts';

const SENTENCES: Readonly<Record<Task['language'], string>> = {
  en: 'Read about the part that is missing and explain it to a colleague in your own words.',
  es: 'Lee sobre la parte que falta y explícala a un colega con tus propias palabras.',
  pt: 'Leia sobre a parte que falta e explique a um colega com as suas próprias palavras.',
};

type Material = {
  readonly judgements: readonly Judgement[];
  readonly language: Task['language'];
  readonly root: JsonObject;
};

/** A value that fits the schema sent with the request, filled with the judgements wherever it asks for them. */
export function fitSchema(
  schema: JsonObject,
  judgements: readonly Judgement[],
  language: Task['language'],
): unknown {
  return fitValue(schema, { judgements, language, root: schema });
}

function fitValue(schema: JsonObject, material: Material): unknown {
  const resolved = resolve(schema, material.root);
  if (Array.isArray(resolved.enum)) return choose(resolved.enum, material);
  if ('const' in resolved) return resolved.const;
  switch (typeOf(resolved)) {
    case 'object':
      return fitObject(resolved, (_key, property) => fitValue(property, material));
    case 'array':
      return fitList(objectAt(resolved, 'items'), material);
    case 'string':
      return SENTENCES[material.language];
    case 'number':
    case 'integer':
      return typeof resolved.minimum === 'number' ? resolved.minimum : 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** References and alternatives, down to something with a type. Of alternatives, the first that is not null. */
function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = textAt(schema, '$ref');
  if (reference !== null) {
    const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
    return resolve(path.reduce(objectAt, root), root);
  }
  const alternatives = listAt(schema, 'anyOf').filter(isJsonObject);
  const chosen = alternatives.find((it) => it.type !== 'null');
  return chosen === undefined ? schema : resolve(chosen, root);
}

function typeOf(schema: JsonObject): string | undefined {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((it) => it !== 'null');
  return typeof type === 'string' ? type : undefined;
}

function fitObject(schema: JsonObject, fill: (key: string, property: JsonObject) => unknown): JsonObject {
  const properties = Object.entries(objectAt(schema, 'properties'));
  return Object.fromEntries(
    properties.map(([key, property]) => [key, isJsonObject(property) ? fill(key, property) : null]),
  );
}

function choose(values: readonly unknown[], material: Material): unknown {
  return values.includes(material.language) ? material.language : values[0];
}

function fitList(items: JsonObject, material: Material): unknown[] {
  const item = resolve(items, material.root);
  const keys = Object.keys(objectAt(item, 'properties'));
  const idKey = keys.find((key) => /^(concept_?)?id$/i.test(key));
  if (idKey === undefined)
    return typeOf(item) === 'string' ? [SENTENCES[material.language]] : [fitValue(items, material)];
  return material.judgements.map((judgement) =>
    fitObject(item, (key, property) => fitJudgement(key, property, judgement)),
  );

  function fitJudgement(key: string, property: JsonObject, judgement: Judgement): unknown {
    const resolved = resolve(property, material.root);
    if (key === idKey) return judgement.id;
    if (Array.isArray(resolved.enum) && resolved.enum.includes(judgement.verdict)) return judgement.verdict;
    if (/quote|evidence/i.test(key)) return judgement.quote ?? (allowsNull(property) ? null : '');
    return fitValue(property, material);
  }
}

function allowsNull(schema: JsonObject): boolean {
  if (Array.isArray(schema.type)) return schema.type.includes('null');
  return listAt(schema, 'anyOf').some((it) => textAt(it, 'type') === 'null');
}
