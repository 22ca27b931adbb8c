import { GraphApiError } from '@kapso/whatsapp-cloud-api';
import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../../server/channels/channel.ts';
import { ERROR_TABLE } from '../../server/channels/whatsapp/error-table.ts';

type Category = GraphApiError['category'];

/** What Kapso's categories ask for in our words. `parameter` and `media` hold too much to say anything. */
const MEANS: Readonly<Partial<Record<Category, readonly FailureClass[]>>> = {
  authorization: ['operator'],
  permission: ['operator'],
  integrity: ['operator'],
  wabaConfig: ['operator'],
  businessEligibility: ['operator'],
  phoneRegistration: ['operator'],
  flow: ['operator'],
  template: ['operator', 'bug'],
  reengagementWindow: ['template'],
  throttling: ['pace'],
  server: ['retry'],
};

/** Where we differ; `docs/witnesses.md` says who is right. */
const KNOWN: Readonly<Record<string, string>> = {
  131048: 'throttling is operator here',
  133005: 'server is operator here',
  133016: 'phoneRegistration is pace here',
};

describe('our class for an error is what Kapso’s category asks for', () => {
  test.each([...ERROR_TABLE])('%i', (code, known) => {
    const category = categoryOf(code);
    const agrees = MEANS[category]?.includes(known.class) ?? true;
    expect(agrees ? undefined : `${category} is ${known.class} here`).toBe(KNOWN[code]);
  });

  test('and whatever Kapso says must not be tried again, we do not try again', () => {
    const tried = [...ERROR_TABLE].filter(
      ([code, known]) => retryOf(code) === 'do_not_retry' && ['retry', 'pace'].includes(known.class),
    );
    expect(tried).toEqual([]);
  });
});

function categoryOf(code: number): Category {
  return asKapsoReads(code).category;
}

function retryOf(code: number): string {
  return asKapsoReads(code).retry.action;
}

function asKapsoReads(code: number): GraphApiError {
  return GraphApiError.fromResponse(new Response('', { status: 400 }), { error: { code } }, '');
}
