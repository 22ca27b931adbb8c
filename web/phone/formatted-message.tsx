import { memo, type ReactNode } from 'react';
import { type Block, formatMessage, type NumberedItem } from './format-message.ts';
import type { Inline } from './read-marks.ts';

/** A message's text as a chat shows it. */
export const FormattedMessage = memo(function FormattedMessage({ text }: { text: string }) {
  return <div className="formatted">{formatMessage(text).map(showBlock)}</div>;
});

/** A message never changes its text, so a piece's position is as good a key as any. */
function showBlock(block: Block, index: number): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p key={index}>{block.content.map(showInline)}</p>;
    case 'quote':
      return <blockquote key={index}>{block.content.map(showInline)}</blockquote>;
    case 'bullets':
      return <ul key={index}>{block.items.map(showBullet)}</ul>;
    case 'numbers':
      return <ol key={index}>{block.items.map(showNumbered)}</ol>;
    case 'code':
      return (
        <pre key={index}>
          <code>{block.text}</code>
        </pre>
      );
    case 'gap':
      return <div key={index} className="formatted-gap" />;
    default: {
      const impossible: never = block;
      throw new Error(`Unknown block ${JSON.stringify(impossible)}`);
    }
  }
}

function showBullet(item: readonly Inline[], index: number): ReactNode {
  return <li key={index}>{item.map(showInline)}</li>;
}

function showNumbered({ number, content }: NumberedItem, index: number): ReactNode {
  return (
    <li key={index} value={number}>
      {content.map(showInline)}
    </li>
  );
}

function showInline(inline: Inline, index: number): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code key={index}>{inline.text}</code>;
    case 'link':
      return (
        <a key={index} href={inline.url} target="_blank" rel="noopener noreferrer">
          {inline.url}
        </a>
      );
    case 'bold':
      return <strong key={index}>{inline.content.map(showInline)}</strong>;
    case 'italic':
      return <em key={index}>{inline.content.map(showInline)}</em>;
    case 'strike':
      return <s key={index}>{inline.content.map(showInline)}</s>;
    default: {
      const impossible: never = inline;
      throw new Error(`Unknown mark ${JSON.stringify(impossible)}`);
    }
  }
}
