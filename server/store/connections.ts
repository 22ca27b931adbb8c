import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What the store needs of a database. */
export type Connections = {
  readonly dialect: 'sqlite' | 'postgres';
  /** Sees what is committed and durable. */
  readonly read: Kysely<Tables>;
  /** Only for transactions. */
  readonly write: Kysely<Tables>;
  /** Whether a transaction failed only because another one came in its way: it may be tried again. */
  isCollision(error: unknown): boolean;
  close(): Promise<void>;
};

/** Where everything is kept. */
export type Database =
  /** One process only. */
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly connections: number };
