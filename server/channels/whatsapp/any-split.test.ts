import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebhookReading } from '../channel.ts';
import { readWebhook } from './read-webhook.ts';

const OWN_NUMBER_ID = '220330440550660';
const LEARNERS = [
  { wa_id: '5511955501234', user_id: 'BR.9f3K2m7Qx1' },
  { wa_id: '5521955509876', user_id: 'BR.77Lq0' },
  // Somebody with a username: no number is shown.
  { user_id: 'BR.4tW9z' },
];

type Learner = (typeof LEARNERS)[number];
/** One thing to tell, before Meta has packed it. */
type Item = { readonly list: 'messages' | 'statuses'; readonly about: Learner; readonly json: object };
/** Items that share a request, an entry, a change. */
type Packing = readonly (readonly (readonly (readonly Item[])[])[])[];

const learner = fc.constantFrom(...LEARNERS);
const seconds = fc.integer({ min: 1_795_428_000, max: 1_795_514_400 }).map(String);

const content = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((body) => ({ type: 'text', text: { body } })),
  fc.string({ minLength: 1 }).map((id) => ({
    type: 'interactive',
    interactive: { type: 'button_reply', button_reply: { id, title: id } },
  })),
  fc.constant({ type: 'audio', audio: { id: '990880770660550', mime_type: 'audio/ogg; codecs=opus' } }),
  fc.constant({ type: 'hologram' }),
  // Set aside, and nothing beside it.
  fc.constant({ type: 'text', text: { body: 17 } }),
);

const message: fc.Arbitrary<Item> = fc
  .record({ about: learner, timestamp: seconds, content })
  .map(({ about, timestamp, content }) => ({
    list: 'messages',
    about,
    json: {
      timestamp,
      ...content,
      from_user_id: about.user_id,
      ...(about.wa_id === undefined ? {} : { from: about.wa_id }),
    },
  }));

const status: fc.Arbitrary<Item> = fc
  .record({
    about: learner,
    timestamp: seconds,
    status: fc.constantFrom('sent', 'delivered', 'read', 'failed', 'deleted'),
  })
  .map(({ about, ...json }) => ({
    list: 'statuses',
    about,
    json: { ...json, recipient_user_id: about.user_id, biz_opaque_callback_data: 'out:1' },
  }));

const MOST_ITEMS = 20;
/** Every item with an id of its own. */
const items = fc
  .array(fc.oneof(message, status), { minLength: 1, maxLength: MOST_ITEMS })
  .map((all) => all.map((item, at): Item => ({ ...item, json: { ...item.json, id: `wamid.${at}` } })));

/** What goes before an item: nothing, a new change, a new entry, a new request. */
const cuts = fc.array(fc.constantFrom('none', 'change', 'entry', 'request'), {
  minLength: 2 * MOST_ITEMS,
  maxLength: 2 * MOST_ITEMS,
});

/** The same items, some of them twice, in any order, and packed in any way. */
const packed = items.chain((all) =>
  fc.record({ twice: fc.subarray(all), cuts }).chain(({ twice, cuts }) => {
    const copies = [...all, ...twice];
    return fc
      .shuffledSubarray(copies, { minLength: copies.length })
      .map((order) => ({ all, packing: packedBy(order, cuts) }));
  }),
);

test('however Meta packs what it has to tell, we hear the same', () => {
  fc.assert(
    fc.property(packed, ({ all, packing }) => {
      const alone = all.map((item) => notification([[[item]]]));
      expect(heardFrom(packing.map(notification))).toEqual(heardFrom(alone));
    }),
  );
});

function packedBy(order: readonly Item[], cuts: readonly string[]): Packing {
  const requests: Item[][][][] = [[[[]]]];
  for (const [at, item] of order.entries()) {
    const cut = cuts[at];
    if (cut === 'request') requests.push([[[]]]);
    if (cut === 'entry') requests.at(-1)?.push([[]]);
    if (cut === 'change') requests.at(-1)?.at(-1)?.push([]);
    requests.at(-1)?.at(-1)?.at(-1)?.push(item);
  }
  return requests;
}

/** One request; a change that holds both kinds gets both lists, which Meta does not do but we read. */
function notification(entries: Packing[number]): object {
  return {
    object: 'whatsapp_business_account',
    entry: entries.map((changes) => ({
      id: '110220330440550',
      changes: changes.map((inside) => ({
        field: 'messages',
        value: {
          messaging_product: 'whatsapp',
          metadata: { display_phone_number: '15550100200', phone_number_id: OWN_NUMBER_ID },
          contacts: [...new Set(inside.map(({ about }) => about))].toReversed(),
          messages: inside.filter(({ list }) => list === 'messages').map(({ json }) => json),
          statuses: inside.filter(({ list }) => list === 'statuses').map(({ json }) => json),
        },
      })),
    })),
  };
}

/** Everything that was understood, each thing once and in a fixed order: copies are dropped by their ids later on. */
function heardFrom(requests: readonly object[]): Record<string, string[]> {
  const readings = requests.map((body) => readWebhook(JSON.parse(JSON.stringify(body)), OWN_NUMBER_ID, 0));
  const all = (part: 'messages' | 'statuses' | 'unreadable') =>
    [
      ...new Set(
        readings.flatMap((reading: WebhookReading) => reading[part].map((it) => JSON.stringify(it))),
      ),
    ].toSorted();
  return { messages: all('messages'), statuses: all('statuses'), unreadable: all('unreadable') };
}
