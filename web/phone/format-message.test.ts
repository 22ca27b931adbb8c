import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, formatMessage } from './format-message.ts';
import { plainText } from './plain-text.ts';
import type { Inline } from './read-marks.ts';

describe('marks inside a line', () => {
  it('makes bold, italic, struck out and inline code', () => {
    expect(shown('a *b* _c_ ~d~ `e`')).toBe('a [bold b] [italic c] [strike d] [code e]');
  });

  it('nests marks', () => {
    expect(shown('*Note: _really_ ~not~ good*')).toBe('[bold Note: [italic really] [strike not] good]');
    expect(shown('_*both*_')).toBe('[italic [bold both]]');
  });

  it('leaves marks inside code as they are', () => {
    expect(shown('`a *b* _c_`')).toBe('[code a *b* _c_]');
    expect(shown('*see `x * y*` here*')).toBe('[bold see [code x * y*] here]');
  });

  it('leaves a lone mark as it is', () => {
    expect(shown('5 * 3')).toBe('5 * 3');
    expect(shown('*never closed')).toBe('*never closed');
    expect(shown('`never closed')).toBe('`never closed');
    expect(shown('a_b ~ c')).toBe('a_b ~ c');
  });

  it('leaves arithmetic as it is', () => {
    expect(shown('2 * 3 * 4')).toBe('2 * 3 * 4');
    expect(shown('2*3*4')).toBe('2*3*4');
  });

  it('leaves the names that programmers write as they are', () => {
    expect(shown('snake_case_name and __init__ and a**b**c')).toBe(
      'snake_case_name and __init__ and a**b**c',
    );
  });

  it('needs the opening mark at the beginning of a word', () => {
    expect(shown('x*y* z')).toBe('x*y* z');
    expect(shown('(*y*) z')).toBe('([bold y]) z');
  });

  it('needs the closing mark at the end of a word, in any alphabet', () => {
    expect(shown('*não*é')).toBe('*não*é');
    expect(shown('*não*, é')).toBe('[bold não], é');
    expect(shown('so * no *')).toBe('so * no *');
  });

  it('does not carry a mark over a line break', () => {
    expect(shown('*one\ntwo*')).toBe('*one⏎two*');
  });
});

describe('links', () => {
  it('are http and https only', () => {
    expect(shown('see https://example.org/a_b_c?x=1, please')).toBe(
      'see [link https://example.org/a_b_c?x=1], please',
    );
    expect(shown('http://localhost:3000/me/x')).toBe('[link http://localhost:3000/me/x]');
    expect(shown('javascript:alert(1) ftp://a.b data:text/html,x')).toBe(
      'javascript:alert(1) ftp://a.b data:text/html,x',
    );
    expect(shown('https:// alone')).toBe('https:// alone');
  });

  it('keep a bracket of their own and leave the bracket around them', () => {
    expect(shown('(https://example.org/x)')).toBe('([link https://example.org/x])');
    expect(shown('https://example.org/a_(b)')).toBe('[link https://example.org/a_(b)]');
  });

  it('may stand inside marks', () => {
    expect(shown('*https://example.org/x*')).toBe('[bold [link https://example.org/x]]');
    expect(shown('_see https://example.org/a_b/c_d now_')).toBe(
      '[italic see [link https://example.org/a_b/c_d] now]',
    );
  });
});

describe('blocks', () => {
  it('makes a list of neighbouring bullets of either kind', () => {
    expect(shown('What was right:\n* *scope* is kept\n- memory\nDone')).toBe(
      'What was right: | bullets([bold scope] is kept; memory) | Done',
    );
  });

  it('keeps the numbers as they were written', () => {
    expect(shown('1. one\n2. two\n10. ten')).toBe('numbers(1 one; 2 two; 10 ten)');
    expect(shown('2026. was a year')).toBe('2026. was a year');
  });

  it('joins quoted lines', () => {
    expect(shown('> she said\n> *so*\nand I')).toBe('quote(she said⏎[bold so]) | and I');
  });

  it('takes everything between three back-ticks as it stands', () => {
    expect(shown('Read:\n```\nfor (let i = 0; i < *n*; i++) {\n  - x\n}\n```\nWhat is printed?')).toBe(
      'Read: | code<for (let i = 0; i < *n*; i++) {⏎  - x⏎}> | What is printed?',
    );
    expect(shown('Use ```x = 1``` here')).toBe('Use  | code<x = 1> |  here');
  });

  it('keeps the indentation of the first line of code', () => {
    expect(shown('```\n    return 1\n```')).toBe('code<    return 1>');
  });

  it('leaves an unclosed block as it is', () => {
    expect(shown('```\nx')).toBe('```⏎x');
    expect(shown('``` ```')).toBe('``` ```');
  });

  it('shows empty lines between paragraphs and none around the message', () => {
    expect(shown('\n\none\n\ntwo\n\n')).toBe('one | gap | two');
    expect(shown('one\r\ntwo')).toBe('one⏎two');
    expect(shown('')).toBe('');
  });
});

it('turns HTML into nothing but text', () => {
  const nasty = '<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; *<b>x</b>*';
  expect(shown(nasty)).toBe('<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; [bold <b>x</b>]');
});

it('loses no word, whatever the message', () => {
  const pieces = fc.constantFrom(
    '*',
    '_',
    '~',
    '`',
    '```',
    '\n',
    ' ',
    'a',
    'é',
    '- ',
    '1. ',
    '> ',
    'https://a.b/c',
    '<b>',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (message) => {
      const text = message.join('');
      const letters = (it: string) => it.replace(/\P{L}/gu, '');
      expect(letters(plainText(text))).toBe(letters(text));
    }),
  );
});

/** A message the way it is shown, in one line: blocks divided by `|`, marks in brackets. */
function shown(text: string): string {
  return formatMessage(text).map(block).join(' | ');
}

function block(it: Block): string {
  switch (it.kind) {
    case 'paragraph':
      return inline(it.content);
    case 'quote':
      return `quote(${inline(it.content)})`;
    case 'bullets':
      return `bullets(${it.items.map(inline).join('; ')})`;
    case 'numbers':
      return `numbers(${it.items.map((item) => `${item.number} ${inline(item.content)}`).join('; ')})`;
    case 'code':
      return `code<${it.text.replaceAll('\n', '⏎')}>`;
    case 'gap':
      return 'gap';
  }
}

function inline(content: readonly Inline[]): string {
  return content
    .map((it) => {
      if (it.kind === 'text') return it.text.replaceAll('\n', '⏎');
      if (it.kind === 'code') return `[code ${it.text}]`;
      if (it.kind === 'link') return `[link ${it.url}]`;
      return `[${it.kind} ${inline(it.content)}]`;
    })
    .join('');
}
