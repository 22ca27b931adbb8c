import type { JsonObject } from '../json-object.ts';
import type { GraphAnswer } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

/** The wanted fields and the id; without a wish, the usual ones. A field that does not exist is an error, as in Graph. */
export function selectFields(
  node: JsonObject,
  wanted: string | undefined,
  usual: readonly string[],
  nodeType: string,
): GraphAnswer {
  const names = wanted === undefined || wanted === '' ? usual : wanted.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(name in node));
  if (unknown !== undefined) {
    return {
      refused: invalidParameter(`Tried accessing nonexisting field (${unknown}) on node type (${nodeType})`),
    };
  }
  return { answer: Object.fromEntries([...names, 'id'].map((name) => [name, node[name]])) };
}
