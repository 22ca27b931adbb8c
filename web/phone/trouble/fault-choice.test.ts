import { describe, expect, it } from 'vitest';
import { faultOf } from './fault-choice.ts';

const TYPED = 131_999;

describe('a fault for the next sends', () => {
  it('happens on the wire', () => {
    // Not to be taken for a code.
    expect(faultOf('500', TYPED)).toBe('500');
  });

  it('or is a refusal with a code out of the list, whatever was typed', () => {
    expect(faultOf(131056, TYPED)).toEqual({ code: 131056 });
    expect(faultOf(0, TYPED)).toEqual({ code: 0 });
  });

  it('or is a refusal with the code typed by hand', () => {
    expect(faultOf('other-code', TYPED)).toEqual({ code: TYPED });
  });
});
