import { listAt, textAt } from '../json-object.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { GraphCall, GraphRoutes } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

const HOURS = 60 * 60 * 1000;
/** Only somebody who wrote lately can be blocked. */
const WINDOW_MS = 24 * HOURS;
const MOST_AT_ONCE = 1000;

type Named = { readonly input: string; readonly wa_id: string };

/** People the business does not want to hear of. The list is kept; what they write still comes through here. */
export function blockUserRoutes(needs: { phones: PhoneBook; now: () => number }): GraphRoutes {
  const blocked = new Map<string, Named>();

  function usersIn({ body }: GraphCall): readonly string[] | null {
    const users = listAt(body, 'block_users').map((it) => textAt(it, 'user'));
    const isRight =
      textAt(body, 'messaging_product') === 'whatsapp' && users.length > 0 && users.length <= MOST_AT_ONCE;
    return isRight && users.every((it) => it !== null) ? users : null;
  }

  return {
    'GET phone-number/block_users': () => ({
      answer: {
        data: [...blocked.values()].map(({ wa_id }) => ({ messaging_product: 'whatsapp', wa_id })),
        paging: { cursors: { before: 'MAZDZD', after: 'MAZDZD' } },
      },
    }),

    'POST phone-number/block_users': (call) => {
      const users = usersIn(call);
      if (users === null) return { refused: USERS_NEEDED };
      const added: Named[] = [];
      const failed: object[] = [];
      for (const input of users) {
        const phone = needs.phones.find(input.replace(/\D/g, ''));
        const wroteAt = phone?.lastInboundAt ?? null;
        if (phone === null || wroteAt === null || wroteAt < needs.now() - WINDOW_MS) {
          failed.push({ input, wa_id: phone?.number ?? input.replace(/\D/g, ''), errors: [NOT_WRITTEN] });
        } else {
          added.push({ input, wa_id: phone.number });
        }
      }
      for (const user of added) blocked.set(user.wa_id, user);
      if (failed.length === 0) {
        return { answer: { messaging_product: 'whatsapp', block_users: { added_users: added } } };
      }
      return {
        answer: {
          messaging_product: 'whatsapp',
          block_users: { added_users: added, failed_users: failed },
          errors: [{ message: '(#139100) Failed to block/unblock some users', code: 139100 }],
        },
      };
    },

    'DELETE phone-number/block_users': (call) => {
      const users = usersIn(call);
      if (users === null) return { refused: USERS_NEEDED };
      const removed = users.map((input) => ({ input, wa_id: input.replace(/\D/g, '') }));
      for (const { wa_id } of removed) blocked.delete(wa_id);
      return { answer: { messaging_product: 'whatsapp', block_users: { removed_users: removed } } };
    },
  };
}

const USERS_NEEDED = invalidParameter(
  `The parameters messaging_product and block_users (1 to ${MOST_AT_ONCE} of {user}) are required.`,
);
const NOT_WRITTEN = {
  message: 'Re-engagement required',
  code: 131047,
  error_data: { details: 'Only users who have messaged the business in the last 24 hours can be blocked.' },
};
