import { type JsonObject, listAt } from '../json-object.ts';
import type { Luck } from '../luck.ts';
import type { Notification } from './notification.ts';

type Change = { field: string; value: JsonObject };
type Entry = { id: string; time?: number; changes: Change[] };

/**
 * The body of one webhook. A batch is spread over entries, changes and list items by chance: receivers must read
 * all three levels.
 */
export function envelopeOf(notifications: readonly Notification[], accountId: string, luck: Luck): object {
  const entries: Entry[] = [];
  for (const notification of notifications) {
    const entry = entries.at(-1);
    const change = entry?.changes.at(-1);
    const choice = luck.below(3);
    if (choice === 0 && change !== undefined && mayJoin(change, notification)) {
      change.value = joined(change.value, notification.value);
    } else if (choice === 1 && entry !== undefined && entry.time === (notification.entryTime ?? undefined)) {
      entry.changes.push({ field: notification.field, value: notification.value });
    } else {
      entries.push({
        id: accountId,
        ...(notification.entryTime === null ? {} : { time: notification.entryTime }),
        changes: [{ field: notification.field, value: notification.value }],
      });
    }
  }
  return { object: 'whatsapp_business_account', entry: entries };
}

/** A value holds one of messages and statuses, so only equals join. */
function mayJoin(change: Change, notification: Notification): boolean {
  return (
    change.field === 'messages' &&
    notification.field === 'messages' &&
    'messages' in change.value === 'messages' in notification.value
  );
}

function joined(one: JsonObject, other: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...one };
  for (const key of ['contacts', 'messages', 'statuses']) {
    const both = [...listAt(one, key), ...listAt(other, key)];
    if (both.length > 0) merged[key] = both;
  }
  return merged;
}
