import type { JsonObject } from '../json-object.ts';
import type { Refusal } from './refusal.ts';

/** One authorised call of the Graph API, freed of HTTP. */
export type GraphCall = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The id in the path. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  /** Null when there is none or it is not an object. */
  readonly body: JsonObject | null;
  /** The bytes of a form with files, with its content type. */
  readonly form: { readonly bytes: Buffer; readonly contentType: string } | null;
  readonly majorVersion: number;
};

export type GraphAnswer =
  | { readonly answer: object }
  | { readonly refused: Refusal }
  /** No answer of Graph's: the connection breaks, hangs, or a proxy speaks. */
  | { readonly trouble: 'drop' | 'hang' | 'html-502' };

export type GraphHandler = (call: GraphCall) => GraphAnswer | Promise<GraphAnswer>;

/** By `METHOD kind` or `METHOD kind/edge`. */
export type GraphRoutes = Readonly<Record<string, GraphHandler>>;

export type NodeKind = 'phone-number' | 'account' | 'app' | 'template' | 'media' | 'debug_token';

export const DONE: GraphAnswer = { answer: { success: true } };
