import { describe, expect, it } from 'vitest';
import { saysDontKnow } from '../answer.ts';
import { commandIn } from '../commands/command-in.ts';
import { COMMAND_NAMES, type CommandName } from '../commands/command-names.ts';
import { fold } from '../fold.ts';
import { LANGUAGES, type Language } from './language.ts';
import { phrases } from './phrases.ts';

/** Every word that is a command, with the command it is and the language that has it. */
const COMMAND_WORDS = LANGUAGES.flatMap((language) =>
  COMMAND_NAMES.flatMap((name) =>
    phrases[language].commandWords[name].map((word) => ({ language, name, word })),
  ),
);

describe('the command words of all languages', () => {
  it('mean one command each, in whatever language they are said', () => {
    for (const { name, word } of COMMAND_WORDS) {
      const others = COMMAND_WORDS.filter((it) => fold(it.word) === fold(word) && it.name !== name);
      expect(others, word).toEqual([]);
    }
  });

  it('are written as folding leaves them, so that none is out of reach', () => {
    for (const { word } of COMMAND_WORDS) expect(fold(word)).toBe(word);
    for (const language of LANGUAGES) {
      const { politeWords, dontKnow, hesitations } = phrases[language];
      for (const word of [...politeWords, ...dontKnow, ...hesitations]) expect(fold(word)).toBe(word);
    }
  });

  it('are understood in capitals, with punctuation, and with any politeness before or after', () => {
    const polite = LANGUAGES.flatMap((language) => phrases[language].politeWords);
    for (const { name, word } of COMMAND_WORDS) {
      expect(commandIn(`${word.toUpperCase()}!!`), word).toBe(name);
      for (const nicety of polite) {
        expect(commandIn(`${word}. ${nicety}`), `${word}. ${nicety}`).toBe(name);
        expect(commandIn(`${nicety}, ${word}…`), `${nicety}, ${word}…`).toBe(name);
      }
    }
  });

  it('never say “I don’t know”, nor the other way round', () => {
    for (const { word } of COMMAND_WORDS) expect(saysDontKnow(word), word).toBe(false);
    for (const language of LANGUAGES) {
      for (const words of phrases[language].dontKnow) expect(commandIn(words), words).toBeNull();
    }
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  const words = phrases[language];

  it.each([
    ['start', 'start'],
    ['hint', 'hint'],
    ['skip', 'skip'],
    ['modelAnswer', 'answer'],
    ['more', 'more'],
  ] as const)('the title of the button %s, typed as text, means the command %s', (button, command) => {
    expect(commandIn(words.buttons[button])).toBe(command);
  });

  it('the titles of the buttons fit on a button and differ', () => {
    const titles = Object.values(words.buttons);
    for (const title of titles) expect(title).toMatch(/^[^*_~`\n]{1,20}$/);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('what we tell learners to reply is what we understand', () => {
    for (const { path, text } of sentencesOf(language)) {
      for (const [told] of text.matchAll(/(?<![\p{L}{])\p{Lu}{4,}(?![\p{L}}])/gu)) {
        expect(commandIn(told), `${path}: ${told}`).not.toBeNull();
      }
    }
  });

  it('help names every command that a learner may need', () => {
    const help = words.help({ business: 'Bot', contact: null });
    const named = [...help.matchAll(/\*(\p{Lu}{2,})\*/gu)].map((match) => commandIn(match[1]!));
    expect(new Set(named)).toEqual(new Set<CommandName>(['hint', 'skip', 'answer', 'more', 'stop', 'start']));
  });

  it('help names a person only where there is one', () => {
    expect(words.help({ business: 'B', contact: 'help@example.org' })).toContain('help@example.org');
    expect(words.help({ business: 'B', contact: null })).not.toMatch(/null|undefined/);
  });

  it('the templates have the same parameters as in English', () => {
    const parameters = (text: string) => (text.match(/\{\{[a-z_]+\}\}/g) ?? []).toSorted();
    expect(parameters(words.templates.welcome)).toEqual(parameters(phrases.en.templates.welcome));
    expect(parameters(words.templates.dailyQuestion)).toEqual(parameters(phrases.en.templates.dailyQuestion));
    expect(parameters(words.templates.dailyTeaser)).toEqual(parameters(phrases.en.templates.dailyTeaser));
  });

  it('every sentence is there, says all it was given, and closes what it opens', () => {
    const english = new Map(sentencesOf('en').map((it) => [it.path, it]));
    for (const { path, text, given } of sentencesOf(language)) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|null|NaN|\[object/);
      expect(given, path).toEqual(english.get(path)?.given);
      for (const value of given) expect(text, `${path} leaves out ${value}`).toContain(`«${value}»`);
      for (const mark of ['*', '_']) {
        const outsideParameters = text.replace(/\{\{[a-z_]+\}\}/g, '');
        expect(outsideParameters.split(mark).length % 2, `${path} has a stray ${mark}`).toBe(1);
      }
    }
  });
});

type Sentence = { readonly path: string; readonly text: string; readonly given: readonly string[] };

/** Every sentence of a language, rendered. `given` names the parameters it read. */
function sentencesOf(language: Language): Sentence[] {
  const {
    commandWords: _commands,
    politeWords: _polite,
    dontKnow: _dontKnow,
    hesitations: _asides,
    ...sentences
  } = phrases[language];
  return rendered(sentences, '');
}

function rendered(value: unknown, path: string): Sentence[] {
  if (typeof value === 'string') return [{ path, text: value, given: [] }];
  if (typeof value === 'function') {
    const read = new Set<string>();
    const given = new Proxy<Record<string, string>>(
      {},
      {
        get(_target, name) {
          read.add(String(name));
          return `«${String(name)}»`;
        },
      },
    );
    const text: unknown = value(given);
    if (typeof text !== 'string') throw new Error(`${path} does not make a sentence`);
    return [{ path, text, given: [...read].toSorted() }];
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no phrase`);
  return Object.entries(value).flatMap(([name, inner]) =>
    rendered(inner, path === '' ? name : `${path}.${name}`),
  );
}
