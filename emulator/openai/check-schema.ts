import { isJsonObject, type JsonObject, objectAt } from '../json-object.ts';
import { badRequest, type ModelError } from './model-fault.ts';

/** The rules of strict mode: an object at the root, and in every object all properties required and no others. */
export function checkStrictSchema(schema: unknown, name: unknown, param: string): ModelError | null {
  const invalid = (sentence: string) =>
    badRequest('invalid_json_schema', param, `Invalid schema for response_format: ${sentence}`);
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    return badRequest(
      'invalid_value',
      `${param}.name`,
      'The name must match ^[a-zA-Z0-9_-]+$ and have at most 64 characters.',
    );
  }
  if (!isJsonObject(schema) || schema.type !== 'object')
    return invalid('schema must be a JSON Schema of type "object".');
  const fault = findFault(schema, 'root');
  return fault === null ? null : invalid(fault);
}

function findFault(schema: JsonObject, where: string): string | null {
  if (schema.type === 'object') {
    const keys = Object.keys(objectAt(schema, 'properties'));
    const required = Array.isArray(schema.required) ? schema.required : [];
    if (schema.additionalProperties !== false) {
      return `In context=${where}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const missing = keys.find((key) => !required.includes(key));
    if (missing !== undefined)
      return `In context=${where}, 'required' must include every key. Missing '${missing}'.`;
  }
  for (const [key, value] of Object.entries(schema)) {
    const children = Array.isArray(value) ? value : [value];
    for (const child of children) {
      const fault = isJsonObject(child) ? findFault(child, `${where}.${key}`) : null;
      if (fault !== null) return fault;
    }
  }
  return null;
}
