import { Fragment, useRef } from 'react';
import type { ChatMessage, Phone } from '../../contract/phone.ts';
import { Bubble } from './bubble.tsx';
import { dayName, dayOf } from './clock-words.ts';
import { EmptyChat } from './empty-chat.tsx';
import { FirstStepHint } from './first-step-hint.tsx';
import { firstStepOf } from './first-steps.ts';
import { DownIcon } from './icons.tsx';
import { useStickToLatest } from './use-stick-to-latest.ts';
import { useTicking } from './use-ticking.ts';

type Props = {
  phone: Phone;
  businessName: string;
  registrationUrl: string | null;
  clockAheadMs: number;
  isTyping: boolean;
  hasLinkedText: boolean;
  onReply: (message: ChatMessage) => void;
  onTap: (wamid: string, buttonId: string) => Promise<boolean>;
  onUse: (number: string) => void;
};

/** The conversation. */
export function ChatLog(props: Props) {
  const { phone, businessName, clockAheadMs, onReply, onTap } = props;
  const { messages } = phone;
  const log = useRef<HTMLDivElement>(null);
  const { below, jump, onScroll } = useStickToLatest(log, messages);
  const today = useTicking(() => dayOf(Date.now() + clockAheadMs));
  const byWamid = new Map(messages.map((message) => [message.wamid, message]));

  return (
    <div className="chat">
      {messages.length > 0 && !props.hasLinkedText && <FirstStepHint step={firstStepOf(messages, today)} />}
      <div
        ref={log}
        className="chat-log"
        role="log"
        aria-label={`Chat with ${businessName}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has only a keyboard scrolls what has the focus.
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="chat-messages">
          {messages.length === 0 && (
            <EmptyChat
              phone={phone}
              registrationUrl={props.registrationUrl}
              hasLinkedText={props.hasLinkedText}
              onUse={props.onUse}
            />
          )}
          {messages.map((message, index) => (
            <Fragment key={message.wamid}>
              <DayLine message={message} above={messages[index - 1]} today={today} />
              <Bubble
                message={message}
                quoted={message.quoting === null ? null : (byWamid.get(message.quoting) ?? 'gone')}
                businessName={businessName}
                isFirstOfGroup={isFirstOfGroup(message, messages[index - 1])}
                onReply={onReply}
                onTap={onTap}
              />
            </Fragment>
          ))}
          {props.isTyping && <TypingDots businessName={businessName} />}
        </div>
      </div>
      {below !== null && (
        <button type="button" className="jump" onClick={jump}>
          <DownIcon />
          {below > 0 ? `${below} new` : <span className="unseen">Jump to latest</span>}
        </button>
      )}
    </div>
  );
}

function DayLine({
  message,
  above,
  today,
}: {
  message: ChatMessage;
  above: ChatMessage | undefined;
  today: number;
}) {
  const day = dayOf(message.at);
  if (above !== undefined && dayOf(above.at) === day) return null;
  return <p className="day-line">{dayName(day, today)}</p>;
}

function isFirstOfGroup(message: ChatMessage, above: ChatMessage | undefined): boolean {
  return above === undefined || above.from !== message.from || dayOf(above.at) !== dayOf(message.at);
}

function TypingDots({ businessName }: { businessName: string }) {
  return (
    <div className="bubble bubble-bot typing" role="img" aria-label={`${businessName} is typing`}>
      <span />
      <span />
      <span />
    </div>
  );
}
