import type { ChatMessage } from '../../contract/phone.ts';
import { plainText } from './plain-text.ts';

/** The message replied to, above the reply; a tap leads to it. */
export function Quotation({ of, businessName }: { of: ChatMessage | 'gone'; businessName: string }) {
  if (of === 'gone') return <p className="quotation">An earlier message</p>;
  return (
    <button type="button" className={`quotation quotation-${of.from}`} onClick={() => show(of.wamid)}>
      <strong>{of.from === 'bot' ? businessName : 'You'}</strong>
      <span className="quotation-text">{plainText(of.text)}</span>
    </button>
  );
}

function show(wamid: string): void {
  const message = document.getElementById(wamid);
  message?.scrollIntoView({ block: 'center' });
  message?.focus({ preventScroll: true });
}
