import { describe, expect, test } from 'vitest';
import { addressesIn, senderOf } from './identifiers.ts';

describe('an identifier', () => {
  test.each([
    ['5511955501234', { phone: '5511955501234', bsuid: null }],
    ['+5511955501234', { phone: '5511955501234', bsuid: null }],
    ['BR.9f3K2m7Qx1', { phone: null, bsuid: 'BR.9f3K2m7Qx1' }],
    ['US.ENT.9f3K2m7Qx1', { phone: null, bsuid: 'US.ENT.9f3K2m7Qx1' }],
    ['12345', { phone: null, bsuid: null }],
    ['1234567890123456', { phone: null, bsuid: null }],
    ['br.9f3K2m7Qx1', { phone: null, bsuid: null }],
    ['BR.', { phone: null, bsuid: null }],
    [`BR.${'a'.repeat(129)}`, { phone: null, bsuid: null }],
    ['ana.souza', { phone: null, bsuid: null }],
    ['', { phone: null, bsuid: null }],
    [undefined, { phone: null, bsuid: null }],
    [null, { phone: null, bsuid: null }],
  ])('%s is told by its form', (identifier, addresses) => {
    expect(addressesIn([identifier])).toEqual(addresses);
  });

  test('counts for what it is, whichever field it came in, the first of each kind', () => {
    expect(addressesIn(['BR.77Lq0', '5521955509876', '5511955501234', 'BR.9f3K2m7Qx1'])).toEqual({
      phone: '5521955509876',
      bsuid: 'BR.77Lq0',
    });
  });
});

describe('a sender', () => {
  const other = { wa_id: '5521955509876', user_id: 'BR.77Lq0' };
  const ana = { wa_id: '5511955501234', user_id: 'BR.9f3K2m7Qx1' };

  test('gets what the contact adds, wherever it stands in the list', () => {
    expect(senderOf(['5511955501234'], [other, ana])).toEqual({
      phone: '5511955501234',
      bsuid: 'BR.9f3K2m7Qx1',
      waId: null,
    });
    expect(senderOf(['BR.9f3K2m7Qx1'], [other, ana]).phone).toBe('5511955501234');
  });

  test('gets nothing from the contact of somebody else, not even from the only one', () => {
    expect(senderOf(['5511955501234'], [other])).toEqual({ phone: '5511955501234', bsuid: null, waId: null });
  });

  test('is not matched by what is missing on both sides', () => {
    expect(senderOf([undefined, '5511955501234', ''], [{ wa_id: '', user_id: 'BR.77Lq0' }]).bsuid).toBeNull();
    expect(senderOf([undefined], [{ user_id: 'BR.77Lq0' }]).bsuid).toBeNull();
  });
});
