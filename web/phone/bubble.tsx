import { memo } from 'react';
import type { ChatMessage } from '../../contract/phone.ts';
import { timeOf } from './clock-words.ts';
import { Failure } from './failure.tsx';
import { FormattedMessage } from './formatted-message.tsx';
import { ReplyIcon } from './icons.tsx';
import { MessageButtons } from './message-buttons.tsx';
import { Quotation } from './quotation.tsx';
import { Ticks } from './ticks.tsx';
import { useLongPress } from './use-long-press.ts';

type Props = {
  message: ChatMessage;
  /** `gone`: the message quoted is not on this phone. */
  quoted: ChatMessage | 'gone' | null;
  businessName: string;
  isFirstOfGroup: boolean;
  onReply: (message: ChatMessage) => void;
  onTap: (wamid: string, buttonId: string) => Promise<boolean>;
};

/** One message with everything that hangs on it. */
export const Bubble = memo(function Bubble({
  message,
  quoted,
  businessName,
  isFirstOfGroup,
  onReply,
  onTap,
}: Props) {
  const { wamid, from, at, template } = message;
  const longPress = useLongPress(() => onReply(message));
  const classes = [
    'bubble',
    `bubble-${from}`,
    isFirstOfGroup && 'bubble-with-tail',
    message.failure && 'bubble-failed',
  ];

  return (
    <article
      id={wamid}
      className={`message message-${from}`}
      tabIndex={-1}
      aria-label={`${from === 'bot' ? businessName : 'You'}, ${timeOf(at)}`}
    >
      <div className="message-line">
        <div className={classes.filter(Boolean).join(' ')} {...longPress}>
          {template !== null && <p className="template-name">template · {template}</p>}
          {quoted !== null && <Quotation of={quoted} businessName={businessName} />}
          {message.header !== null && <p className="bubble-header">{message.header}</p>}
          <FormattedMessage text={message.text} />
          {message.footer !== null && <p className="bubble-footer">{message.footer}</p>}
          <span className="bubble-meta">
            <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
            <Ticks status={message.status} />
          </span>
        </div>
        <button
          type="button"
          className="icon-button reply-button"
          aria-label="Reply"
          onClick={() => onReply(message)}
        >
          <ReplyIcon />
        </button>
      </div>
      {message.status === 'failed' && <Failure reason={message.failure} />}
      <MessageButtons wamid={wamid} buttons={message.buttons} onTap={onTap} />
    </article>
  );
});
