import type { ChatMessage } from '../../contract/phone.ts';
import type { NumberChange, ShownIdentity } from '../../contract/switches.ts';
import type { Identifiers } from '../identifiers.ts';
import type { JsonObject } from '../json-object.ts';
import type { MediaShelf, StoredMedia } from '../media/media-shelf.ts';
import { errorContent } from '../sending/error-content.ts';
import type { Notification } from '../webhooks/notification.ts';
import type { Notifications } from '../webhooks/notifications.ts';
import type { PhoneBook } from './phone-book.ts';
import type { Bubble, PretendPhone } from './pretend-phone.ts';

export type LearnerSide = ReturnType<typeof createLearnerSide>;

/** What people do with their phones, and the notifications it makes. */
export function createLearnerSide(needs: {
  now: () => number;
  businessNumber: string;
  identifiers: Identifiers;
  phones: PhoneBook;
  media: MediaShelf;
  notifications: Notifications;
  post: (notification: Notification) => void;
  urlOf: (path: string) => string;
}) {
  const { now, identifiers, phones, notifications, post } = needs;

  /** Shows the message on the phone, opens the window and tells the service. */
  function write(
    phone: PretendPhone,
    shown: { text: string; quoting?: string | null },
    content: JsonObject,
  ): string {
    const wamid = identifiers.wamid(phone.number, 'from-learner');
    const message: ChatMessage = {
      wamid,
      from: 'learner',
      at: now(),
      text: shown.text,
      header: null,
      footer: null,
      buttons: [],
      quoting: shown.quoting ?? null,
      template: null,
      status: 'sent',
      failure: null,
    };
    phone.lastInboundAt = now();
    phones.show(phone, { message, taps: 'button_reply' });
    post(
      notifications.message(phone, {
        ...contextOf(phone, shown.quoting ?? null),
        id: wamid,
        timestamp: seconds(),
        ...content,
      }),
    );
    return wamid;
  }

  function contextOf(phone: PretendPhone, quoting: string | null): JsonObject {
    if (quoting === null) return {};
    const author =
      phones.findMessage(quoting)?.bubble.message.from === 'learner' ? phone.number : needs.businessNumber;
    return { context: { from: author, id: quoting } };
  }

  const seconds = () => String(Math.floor(now() / 1000));

  function mediaContent(type: string, media: StoredMedia, withUrl: boolean, more: JsonObject): JsonObject {
    return {
      type,
      [type]: {
        ...more,
        mime_type: media.mimeType,
        sha256: media.sha256.toString('base64'),
        id: media.id,
        ...(withUrl ? { url: needs.urlOf(needs.media.pathOf(media)) } : {}),
      },
    };
  }

  return {
    say(phone: PretendPhone, text: string, quoting: string | null): string {
      return write(phone, { text, quoting }, { type: 'text', text: { body: text } });
    },

    /** Taps a button of a message on this phone; a chat lets one tap it again. */
    tap(phone: PretendPhone, of: string, buttonId: string): string {
      const found = phones.findMessage(of);
      const button = found?.bubble.message.buttons.find((it) => it.id === buttonId);
      if (found === null || found.phone !== phone || button === undefined) {
        throw new Error(`+${phone.number} shows no message ${of} with a button ${buttonId}`);
      }
      phones.change(of, () => {
        button.tapped = true;
      });
      return write(phone, { text: button.title, quoting: of }, tapContent(found.bubble, button));
    },

    /** Meta does not say that a reaction opens the window, so it does not. Null takes it back. */
    react(phone: PretendPhone, emoji: string | null, wamid: string): string {
      const id = identifiers.wamid(phone.number, 'from-learner');
      const reaction = { message_id: wamid, ...(emoji === null ? {} : { emoji }) };
      post(notifications.message(phone, { id, timestamp: seconds(), type: 'reaction', reaction }));
      return id;
    },

    sendVoice(phone: PretendPhone, bytes: Buffer, options: { mimeType: string; withUrl: boolean }): string {
      const media = needs.media.put(bytes, options.mimeType, 'learner');
      return write(phone, { text: '🎤' }, mediaContent('audio', media, options.withUrl, { voice: true }));
    },

    sendImage(phone: PretendPhone, bytes: Buffer, caption: string | null): string {
      const media = needs.media.put(bytes, 'image/jpeg', 'learner');
      const more = caption === null ? {} : { caption };
      return write(
        phone,
        { text: caption === null ? '📷' : `📷 ${caption}` },
        mediaContent('image', media, true, more),
      );
    },

    /** A message of any other type, or of one that does not exist yet. */
    sendAnything(phone: PretendPhone, content: JsonObject): string {
      return write(phone, { text: `[${String(content.type)}]` }, content);
    },

    /** What Meta says when a file is larger than it fetches: a message of its kind without the file. */
    sendTooLarge(phone: PretendPhone): string {
      return write(phone, { text: '🎤' }, { type: 'audio', errors: [errorContent(131052)] });
    },

    setMarketing(phone: PretendPhone, wanted: boolean): void {
      phone.stoppedMarketing = !wanted;
      phones.announce(phone);
      post(notifications.marketingPreference(phone, wanted, Math.floor(now() / 1000)));
    },

    /** Of a block Meta says nothing; it shows in what is sent afterwards. */
    setBlocked(phone: PretendPhone, blocked: boolean): void {
      phone.blockedBusiness = blocked;
      phones.announce(phone);
    },

    showAs(phone: PretendPhone, identity: ShownIdentity): void {
      phone.identity = identity;
      phones.announce(phone);
    },

    /** With the number that the phone has already, only the business-scoped id changes. */
    changeNumber(phone: PretendPhone, change: NumberChange): void {
      const { number, bsuid, identity } = phone;
      phones.move(phone, change.number);
      const [from, to] =
        change.announceAs === 'user_changed_number' ? [number, phone.number] : [bsuid, phone.bsuid];
      post(
        notifications.system(
          { number, bsuid, identity },
          phone,
          { id: identifiers.wamid(number, 'from-learner'), timestamp: seconds() },
          { type: change.announceAs, body: `User ${phone.name} changed from ${from} to ${to}` },
        ),
      );
    },
  };
}

function tapContent({ taps, descriptions }: Bubble, button: { id: string; title: string }): JsonObject {
  const description = descriptions?.get(button.id);
  switch (taps) {
    case 'template-button':
      return { type: 'button', button: { payload: button.id, text: button.title } };
    case 'button_reply':
    case 'list_reply':
      return {
        type: 'interactive',
        interactive: {
          type: taps,
          [taps]: {
            id: button.id,
            title: button.title,
            ...(description === undefined ? {} : { description }),
          },
        },
      };
    default: {
      const impossible: never = taps;
      throw new Error(`no such tap: ${impossible}`);
    }
  }
}
