import type { FastifyRequest } from 'fastify';
import type { Language } from '../../interview/languages/language.ts';
import { readerLanguage } from './reader-language.ts';

/** What a request tells about the person behind it, whatever its route declares. */
type Request = Pick<FastifyRequest, 'query' | 'body' | 'headers'>;

/** The language for every sentence of the answer. A program that names none reads the learner's. */
export function languageOf(request: Request): Language {
  return readerLanguage({
    chosen: fieldOf(request.query, 'lang'),
    accepted: request.headers['accept-language'],
    otherwise: fieldOf(request.body, 'preferred_language'),
  });
}

/** Posted by the page rather than by a program: the answer is a page too. */
export function isForm(request: Request): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

/** A text field of a query or a body; empty for anything else. */
export function fieldOf(given: unknown, name: string): string {
  if (typeof given !== 'object' || given === null) return '';
  const value = new Map<string, unknown>(Object.entries(given)).get(name);
  return typeof value === 'string' ? value : '';
}
