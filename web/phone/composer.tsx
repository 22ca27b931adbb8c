import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ChatMessage } from '../../contract/phone.ts';
import { CloseIcon, SendIcon } from './icons.tsx';
import { plainText } from './plain-text.ts';

type Props = {
  ownerName: string;
  businessName: string;
  replyingTo: ChatMessage | null;
  onCancelReply: () => void;
  linkedText: string | null;
  onDismissLinkedText: () => void;
  onOtherSender: (() => void) | null;
  /** True once sent. */
  onSend: (text: string) => Promise<boolean>;
};

/** As much as WhatsApp lets a business message hold; the emulator holds learners to the same. */
const LONGEST_MESSAGE = 4096;

/** Where a message is written. Enter sends it, Shift and Enter begin a new line. */
export function Composer(props: Props) {
  const { ownerName, businessName, replyingTo, linkedText, onSend } = props;
  const [draft, setDraft] = useState('');
  const tooMany = draft.trim().length - LONGEST_MESSAGE;
  const canSend = draft.trim() !== '' && tooMany <= 0;
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (linkedText === null) return;
    setDraft(linkedText);
    field.current?.focus();
    // The link may move on to another phone, but not take what was written by hand.
    return () => setDraft((now) => (now === linkedText ? '' : now));
  }, [linkedText]);

  useEffect(() => {
    if (replyingTo !== null) field.current?.focus();
  }, [replyingTo]);

  const send = async () => {
    if (!canSend) return;
    const text = draft.trim();
    // At once, not when it has been sent: the next message may be half written by then.
    setDraft('');
    field.current?.focus();
    if (!(await onSend(text))) setDraft((now) => (now === '' ? text : `${text}\n${now}`));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && replyingTo !== null) props.onCancelReply();
    // While an input method composes a word, Enter chooses among its suggestions.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {linkedText !== null && (
        <div className="linked-banner" role="status">
          <div>
            <strong>Send this message to confirm</strong>
            {props.onOtherSender !== null && (
              <button type="button" className="plain" onClick={props.onOtherSender}>
                Use another phone
              </button>
            )}
          </div>
          <button
            type="button"
            className="icon-button"
            aria-label="Do not send"
            onClick={props.onDismissLinkedText}
          >
            <CloseIcon />
          </button>
        </div>
      )}
      {replyingTo !== null && (
        <div className="replying">
          <div className={`quotation quotation-${replyingTo.from}`}>
            <strong>{replyingTo.from === 'bot' ? businessName : 'You'}</strong>
            <span className="quotation-text">{plainText(replyingTo.text)}</span>
          </div>
          <button
            type="button"
            className="icon-button"
            aria-label="Cancel reply"
            onClick={props.onCancelReply}
          >
            <CloseIcon />
          </button>
        </div>
      )}
      {tooMany > 0 && (
        <p className="too-long" role="status">
          Too long by {tooMany} {tooMany === 1 ? 'character' : 'characters'}
        </p>
      )}
      <div className="composer-line">
        {/* A copy of the text, unseen, gives the field its height. */}
        <div className="composer-field" data-text={draft}>
          <textarea
            ref={field}
            data-testid="composer"
            aria-label={`Message from ${ownerName}`}
            placeholder="Message"
            rows={1}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <button type="submit" className="send" aria-label="Send" aria-disabled={!canSend}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
