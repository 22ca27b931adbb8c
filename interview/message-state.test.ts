import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterDelivery, type DeliveryNews, MESSAGE_STATES, type MessageState } from './message-state.ts';

const NEWS: readonly DeliveryNews[] = ['sent', 'delivered', 'read', 'failed'];
const news = fc.constantFrom(...NEWS);

describe('the state of a message', () => {
  it.each([
    ['accepted', ['sent', 'delivered', 'read'], 'read'],
    ['accepted', ['read', 'delivered', 'sent'], 'read'],
    ['accepted', ['sent', 'failed'], 'failed'],
    ['accepted', ['failed', 'sent'], 'failed'],
    ['accepted', ['sent', 'failed', 'delivered'], 'delivered'],
    ['accepted', ['delivered', 'failed'], 'delivered'],
    ['accepted', ['read', 'failed'], 'read'],
    ['sending', ['sent'], 'sent'],
    ['suppressed', ['delivered'], 'delivered'],
    ['expired', ['sent'], 'sent'],
  ] as const)('that was %s and of which came %j ends as %s', (state, all, end) => {
    expect(stateAfter(state, all)).toBe(end);
  });

  it('ends the same in whatever order and however often the statuses come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGE_STATES),
        fc.array(news, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (state, all, repeated, dice) => {
          const again = all.length === 0 ? [] : repeated.map((index) => all[index % all.length]!);
          const shuffled = [...all, ...again]
            .map((item) => ({ item, at: dice.next().value }))
            .toSorted((one, other) => one.at - other.at)
            .map((it) => it.item);
          expect(stateAfter(state, shuffled)).toBe(stateAfter(state, all));
        },
      ),
    );
  });

  it('never goes back on what the phone has shown', () => {
    fc.assert(
      fc.property(fc.constantFrom('delivered', 'read'), fc.array(news), (state, all) => {
        const seen = ['delivered', 'read'];
        expect(seen.indexOf(stateAfter(state, all))).toBeGreaterThanOrEqual(seen.indexOf(state));
      }),
    );
  });

  it('never again looks unsent once anything was reported of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGE_STATES), fc.array(news, { minLength: 1 }), (state, all) => {
        expect(['sent', 'delivered', 'read', 'failed']).toContain(stateAfter(state, all));
      }),
    );
  });
});

function stateAfter(state: MessageState, all: readonly DeliveryNews[]): MessageState {
  return all.reduce(afterDelivery, state);
}
