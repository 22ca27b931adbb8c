import { type Block, formatMessage } from './format-message.ts';
import type { Inline } from './read-marks.ts';

/** The words of a message without its marks: for a quotation, a label, a title. */
export function plainText(message: string): string {
  return formatMessage(message).map(wordsOfBlock).join('\n');
}

function wordsOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return wordsOf(block.content);
    case 'bullets':
      return block.items.map((item) => `• ${wordsOf(item)}`).join('\n');
    case 'numbers':
      return block.items.map((item) => `${item.number}. ${wordsOf(item.content)}`).join('\n');
    case 'code':
      return block.text;
    case 'gap':
      return '';
    default: {
      const impossible: never = block;
      throw new Error(`Unknown block ${JSON.stringify(impossible)}`);
    }
  }
}

function wordsOf(content: readonly Inline[]): string {
  return content.map(wordsOfInline).join('');
}

function wordsOfInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text;
    case 'link':
      return inline.url;
    case 'bold':
    case 'italic':
    case 'strike':
      return wordsOf(inline.content);
    default: {
      const impossible: never = inline;
      throw new Error(`Unknown mark ${JSON.stringify(impossible)}`);
    }
  }
}
