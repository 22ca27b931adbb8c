import { memo, useCallback, useEffect, useRef, useState } from 'react';
import type { ChatMessage, EmulatorState, Phone } from '../../contract/phone.ts';
import { ChatHeader } from './chat-header.tsx';
import { ChatLog } from './chat-log.tsx';
import { Composer } from './composer.tsx';
import { displayNumber } from './display-number.ts';
import { LANGUAGE_NAMES } from './language-names.ts';
import { PhoneBadges } from './trouble/phone-badges.tsx';
import type { PhoneActions } from './use-phone-actions.ts';
import { useReadReceipts } from './use-read-receipts.ts';
import { useTicking } from './use-ticking.ts';

type Props = {
  phone: Phone;
  business: EmulatorState['business'];
  registrationUrl: string | null;
  clockAheadMs: number;
  isInFront: boolean;
  /** A message that a link asks this phone to send. */
  linkedText: string | null;
  onLinkedTextDone: () => void;
  onOtherSender: (() => void) | null;
  onUse: (number: string) => void;
  actions: PhoneActions;
};

/** One pretend phone with its one chat. */
export const PhoneDevice = memo(function PhoneDevice(props: Props) {
  const { phone, business, clockAheadMs, isInFront, linkedText, onUse, actions } = props;
  const { number, typingUntil } = phone;
  const device = useRef<HTMLElement>(null);
  const [replyingTo, setReplyingTo] = useState<ChatMessage | null>(null);
  const isTyping = useTicking(() => typingUntil !== null && Date.now() + clockAheadMs < typingUntil);
  useReadReceipts(phone, device, actions.markRead);

  // Only beside others: on a wide screen a new phone, or the one a link chose, may stand outside the view.
  useEffect(() => {
    if (isInFront) device.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isInFront]);

  // One at a time: two requests on their way together may arrive in either order.
  const lastSending = useRef(Promise.resolve(true));
  const send = async (text: string): Promise<boolean> => {
    onUse(number);
    setReplyingTo(null);
    lastSending.current = lastSending.current.then(() =>
      actions.say(number, text, replyingTo?.wamid ?? null),
    );
    const sent = await lastSending.current;
    if (sent && linkedText !== null) props.onLinkedTextDone();
    if (!sent) setReplyingTo((now) => now ?? replyingTo);
    return sent;
  };

  const tap = useCallback(
    (wamid: string, buttonId: string) => {
      onUse(number);
      return actions.tap(number, wamid, buttonId);
    },
    [actions, number, onUse],
  );

  return (
    <section
      ref={device}
      className={isInFront ? 'device device-in-front' : 'device'}
      aria-labelledby={`phone-${number}-owner`}
      data-testid={`phone-${number}`}
    >
      <div className="device-owner">
        <h2 id={`phone-${number}-owner`}>{phone.name}</h2>
        <span className="quiet">{displayNumber(number)}</span>
        <span className="language" title={LANGUAGE_NAMES[phone.language]}>
          {phone.language}
        </span>
      </div>
      <PhoneBadges phone={phone} />
      <ChatHeader business={business} isTyping={isTyping} />
      <ChatLog
        phone={phone}
        businessName={business.name}
        registrationUrl={props.registrationUrl}
        clockAheadMs={clockAheadMs}
        isTyping={isTyping}
        hasLinkedText={linkedText !== null}
        onReply={setReplyingTo}
        onTap={tap}
        onUse={onUse}
      />
      <Composer
        ownerName={phone.name}
        businessName={business.name}
        replyingTo={replyingTo}
        onCancelReply={() => setReplyingTo(null)}
        linkedText={linkedText}
        onDismissLinkedText={props.onLinkedTextDone}
        onOtherSender={props.onOtherSender}
        onSend={send}
      />
    </section>
  );
});
