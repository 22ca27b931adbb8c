import { describe, expect, test } from 'vitest';
import { graphErrorIn, readGraphError } from './graph-error.ts';

describe('the error object of Meta', () => {
  test('is found in an answer', () => {
    const error = {
      message: 'Too fast',
      type: 'OAuthException',
      code: 131056,
      error_data: { details: 'Wait' },
    };
    expect(graphErrorIn({ error })).toMatchObject({
      code: 131056,
      message: 'Too fast',
      error_data: { details: 'Wait' },
    });
  });

  test('gives its code even when everything around it is strange', () => {
    const error = {
      code: '190',
      message: ['?'],
      error_data: 'none',
      is_transient: 'maybe',
      error_subcode: {},
    };
    expect(graphErrorIn({ error })?.code).toBe(190);
  });

  test('has no code when that is no number', () => {
    expect(graphErrorIn({ error: { code: 'E_FAIL', message: 'Failed' } })).toMatchObject({
      message: 'Failed',
    });
    expect(graphErrorIn({ error: { code: 'E_FAIL' } })?.code).toBeUndefined();
  });

  test.each([undefined, null, 'invalid_request', 17, {}, { error: 'invalid_request' }, { error: null }])(
    'is not in %j',
    (body) => {
      expect(graphErrorIn(body)).toBeNull();
    },
  );

  test('is read from the errors of a webhook', () => {
    expect(readGraphError({ code: 131049, title: 'Not delivered' })).toMatchObject({ code: 131049 });
    expect(readGraphError(undefined)).toBeNull();
  });
});
