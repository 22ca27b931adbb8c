import { describe, expect, test } from 'vitest';
import { FAILURE_CLASSES, type FailureClass } from '../channel.ts';
import { ERROR_TABLE } from './error-table.ts';
import { brokenLimit, failureOf, notSent } from './failures.ts';

/** Written from Meta's list of error codes, apart from the table under test. */
const CLASS_OF_CODE: Record<FailureClass, readonly number[]> = {
  retry: [1, 2, 131000, 131016, 131053, 131057, 133004],
  pace: [4, 80007, 130429, 131056, 133016],
  template: [131047],
  user: [130403, 131021, 131026, 131052, 137000],
  'opt-out': [131050],
  wait: [130472, 131049],
  operator: [
    0, 3, 10, 33, 190, 368, 130497, 131005, 131030, 131031, 131037, 131042, 131045, 131048, 131063, 131064,
    132001, 132007, 132015, 132016, 132068, 132069, 133000, 133005, 133006, 133008, 133009, 133010, 133015,
    134011, 139200, 2388019, 2388023, 2388024, 2388039, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299,
  ],
  bug: [
    100, 131008, 131009, 131051, 131055, 131062, 132000, 132005, 132008, 132012, 132018, 134100, 134101,
    134102, 135000,
  ],
};
const CODES = FAILURE_CLASSES.flatMap((failureClass) =>
  CLASS_OF_CODE[failureClass].map((code) => [code, failureClass] as const),
);

describe('the table of errors', () => {
  test('knows exactly the codes that Meta documents', () => {
    expect([...ERROR_TABLE.keys()].sort()).toEqual(CODES.map(([code]) => code).sort());
  });

  test.each(CODES)('error %i asks for: %s', (code, failureClass) => {
    const failure = failureOf({ code }, 400);
    expect(failure).toMatchObject({ class: failureClass, code });
    expect(failure.sentence).toMatch(/^[A-Z][^:]+: [^:]+\.$/);
  });

  test.each(CODES)('error %i means the same with every HTTP status and by webhook', (code, failureClass) => {
    for (const status of [200, 400, 401, 403, 404, 429, 500, 503, null]) {
      expect(failureOf({ code }, status).class).toBe(failureClass);
    }
  });
});

describe('an error that is not in the table', () => {
  test('with subcode 33 is a wrong id in the settings, not a wrong request', () => {
    expect(failureOf({ code: 100, error_subcode: 33 }, 400)).toMatchObject({ class: 'operator', code: 100 });
    expect(failureOf({ code: 100, error_subcode: 34 }, 400).class).toBe('bug');
  });

  test.each([200, 201, 230, 299])('%i is a permission that the operator has to give', (code) => {
    expect(failureOf({ code }, 403)).toMatchObject({ class: 'operator', code });
  });

  test.each([199, 300])('%i is no permission', (code) => {
    expect(failureOf({ code }, 403).class).toBe('bug');
  });

  test('about a template is for the operator, whether its number is the code or the subcode', () => {
    expect(failureOf({ code: 2388111 }, 400).class).toBe('operator');
    expect(failureOf({ code: 100, error_subcode: 2388111 }, 400).class).toBe('operator');
    expect(failureOf({ code: 100, error_subcode: 2388299 }, 400).sentence).toMatch(
      /starts or ends with a parameter/,
    );
  });

  test('passes when the server failed, and is ours when it refused', () => {
    expect(failureOf({ code: 131999 }, 500).class).toBe('retry');
    expect(failureOf({ code: 131999 }, 503).class).toBe('retry');
    expect(failureOf({ code: 131999 }, 400).class).toBe('bug');
    expect(failureOf({ code: 131999 }, null)).toMatchObject({ class: 'bug', code: 131999 });
  });

  test('slows us down when it comes as too many requests', () => {
    expect(failureOf({ code: 999 }, 429).class).toBe('pace');
  });
});

describe('a fault that Meta calls transient', () => {
  test('is tried again instead of ringing somebody up', () => {
    expect(failureOf({ code: 100, is_transient: true }, 400).class).toBe('retry');
    expect(failureOf({ code: 10, is_transient: true }, 403).class).toBe('retry');
    expect(failureOf({ code: 131999, is_transient: true }, 400).class).toBe('retry');
  });

  test('stays what it is when it is about a person or a pace', () => {
    expect(failureOf({ code: 131056, is_transient: true }, 400).class).toBe('pace');
    expect(failureOf({ code: 131047, is_transient: true }, 400).class).toBe('template');
    expect(failureOf({ code: 131049, is_transient: true }, 400).class).toBe('wait');
    expect(failureOf({ code: 131026, is_transient: true }, 400).class).toBe('user');
  });

  test('is not one when Meta says it is not', () => {
    expect(failureOf({ code: 190, is_transient: false }, 401).class).toBe('operator');
  });
});

describe('a failure without a code', () => {
  test.each([
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [408, 'retry'],
    [429, 'pace'],
    [400, 'bug'],
    [404, 'bug'],
    [200, 'operator'],
    [302, 'operator'],
  ] as const)('and HTTP %i asks for: %s', (status, failureClass) => {
    expect(failureOf(null, status)).toMatchObject({ class: failureClass, code: null });
    expect(failureOf({ message: 'no number' }, status).class).toBe(failureClass);
  });

  test('in a webhook is tried again', () => {
    expect(failureOf(null, null)).toMatchObject({ class: 'retry', code: null, detail: null });
  });
});

describe('the detail for the log', () => {
  test('is the most exact thing Meta said, with the status and the trace', () => {
    const error = { code: 131009, message: '(#131009) Parameter value is not valid', fbtrace_id: 'AbCdEfGh' };
    expect(failureOf({ ...error, error_data: { details: 'Button title is too long' } }, 400).detail).toBe(
      'Button title is too long, HTTP 400, fbtrace_id AbCdEfGh',
    );
    expect(failureOf(error, null).detail).toBe('(#131009) Parameter value is not valid, fbtrace_id AbCdEfGh');
    expect(failureOf({ code: 131049, title: 'Not delivered' }, null).detail).toBe('Not delivered');
  });
});

describe('a message that never left', () => {
  test('is tried again when the network was to blame', () => {
    expect(notSent('ECONNREFUSED')).toMatchObject({ class: 'retry', code: null, detail: 'ECONNREFUSED' });
  });

  test('is not tried again when it broke a limit', () => {
    expect(brokenLimit('the text is empty')).toMatchObject({
      class: 'bug',
      code: null,
      detail: 'the text is empty',
    });
  });
});
