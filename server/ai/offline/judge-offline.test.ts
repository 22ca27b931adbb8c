import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../interview/languages/language.ts';
import type { ConceptInLanguage, QuestionInLanguage } from '../../../interview/question.ts';
import { coverageOf, type Verdict } from '../../../interview/rubric.ts';
import { judgeOffline } from './judge-offline.ts';

const CLOSURES: Readonly<Record<Language, QuestionInLanguage>> = {
  en: questionWith(
    'en',
    'What do we call a function that remembers, and what is it good for in everyday code?',
    {
      keeps: [
        'The inner function keeps access to outer variables',
        'outer variables',
        'lexical scope',
        'keeps access',
      ],
      private: [
        'State stays hidden from the rest of the program',
        'private state',
        'data hiding',
        'hide internal data',
      ],
      cost: ['Access is a lookup in constant time', 'o(1)', 'constant time', 'hash map'],
    },
  ),
  es: questionWith(
    'es',
    '¿Cómo se llama una función que recuerda y para qué te sirve en el código de cada día?',
    {
      keeps: [
        'La función interna conserva el acceso a las variables',
        'variables externas',
        'alcance léxico',
        'mantener acceso',
      ],
      private: [
        'El estado queda oculto para el resto del programa',
        'estado privado',
        'ocultar datos',
        'encapsulación',
      ],
      cost: ['El acceso es una búsqueda en tiempo constante', 'o(1)', 'tiempo constante', 'hash map'],
    },
  ),
  pt: questionWith('pt', 'Como se chama uma função que lembra e para que ela serve no código de cada dia?', {
    keeps: [
      'A função interna mantém o acesso às variáveis',
      'variáveis externas',
      'escopo léxico',
      'manter acesso',
    ],
    private: [
      'O estado fica oculto para o resto do programa',
      'estado privado',
      'esconder dados',
      'encapsulamento',
    ],
    cost: ['O acesso é uma busca em tempo constante', 'o(1)', 'tempo constante', 'hash map'],
  }),
};

function questionWith(
  language: Language,
  text: string,
  concepts: Readonly<Record<string, readonly [string, ...string[]]>>,
): QuestionInLanguage {
  return {
    slug: 'js-closures',
    version: 1,
    area: 'javascript',
    difficulty: 'easy',
    language,
    text,
    hint: '',
    modelAnswer: '',
    concepts: Object.entries(concepts).map(
      ([id, [own, ...aliases]]): ConceptInLanguage => ({ id, weight: 1, core: true, text: own, aliases }),
    ),
  };
}

function verdictOn(
  conceptId: string,
  question: QuestionInLanguage,
  answer: string,
): [Verdict, string | null] {
  const found = judgeOffline(question, answer).verdicts.find((it) => it.conceptId === conceptId);
  if (found === undefined) throw new Error(`no verdict on ${conceptId}`);
  return [found.verdict, found.quote];
}

describe('an answer covers a concept', () => {
  it.each<[string, Language, string, string, string]>([
    ['in the words of an alias', 'en', 'keeps', 'It uses the lexical scope.', 'lexical scope'],
    [
      'in any inflection',
      'en',
      'keeps',
      'So the function kept having access to things',
      'kept having access',
    ],
    [
      'with words in between',
      'en',
      'private',
      'it hides some of the internal data',
      'hides some of the internal data',
    ],
    ['with a slip of the thumb', 'en', 'keeps', 'it sees outter varaibles', 'outter varaibles'],
    ['without accents', 'es', 'keeps', 'por el alcance lexico', 'alcance lexico'],
    [
      'in another form of the verb',
      'es',
      'keeps',
      'la función mantiene el acceso siempre',
      'mantiene el acceso',
    ],
    ['in the singular', 'es', 'keeps', 'recuerda cada VARIABLE externa', 'VARIABLE externa'],
    ['without cedilla and tilde', 'pt', 'keeps', 'ela ve as variaveis externas', 'variaveis externas'],
    ['by a Portuguese verb', 'pt', 'private', 'serve para esconder os dados', 'esconder os dados'],
    ['by an English term', 'pt', 'cost', 'uso um HashMap', 'HashMap'],
    ['written together or apart', 'es', 'cost', 'con hash maps', 'hash maps'],
    ['by a growth rate', 'es', 'cost', 'cuesta O( 1 ) siempre', 'O( 1 )'],
    ['by a growth rate as it is spoken', 'pt', 'cost', 'custa o de um', 'o de um'],
  ])('%s (%s, %s)', (_, language, concept, answer, quote) => {
    expect(verdictOn(concept, CLOSURES[language], answer)).toEqual(['covered', quote]);
  });

  it('and the quote is the shortest place where it says so', () => {
    const answer = 'keeps for a while access, and later it keeps access';
    expect(verdictOn('keeps', CLOSURES.en, answer)).toEqual(['covered', 'keeps access']);
  });
});

describe('an answer touches a concept', () => {
  it('with most words of a long alias', () => {
    expect(verdictOn('private', CLOSURES.en, 'to hide data')).toEqual(['partial', 'hide data']);
  });

  it('with the words of an alias in another order', () => {
    expect(verdictOn('keeps', CLOSURES.es, 'un léxico alcance')).toEqual(['partial', 'léxico alcance']);
  });

  it('with half of the words in which we state it', () => {
    const answer = 'the rest of the program can not see it, hidden';
    expect(verdictOn('private', CLOSURES.en, answer)[0]).toBe('partial');
  });

  it.each<[Language, string, string]>([
    ['en', 'it has no lexical scope', 'no lexical scope'],
    ['en', "it doesn't really keep access", 'not really keep access'],
    ['en', 'it works without the lexical scope', 'without the lexical scope'],
    ['es', 'no tiene acceso, nunca mantiene acceso', 'nunca mantiene acceso'],
    ['es', 'funciona sin el alcance léxico', 'sin el alcance léxico'],
    ['pt', 'não mantém acesso', 'não mantém acesso'],
    ['pt', 'funciona sem escopo léxico', 'sem escopo léxico'],
  ])('when a negation stands before it (%s: %s)', (language, answer, quote) => {
    const [verdict, said] = verdictOn('keeps', CLOSURES[language], answer);
    expect(verdict).toBe('partial');
    expect(said).toBe(answer.includes(quote) ? quote : "doesn't really keep access");
  });

  it('when a negation stands inside it', () => {
    expect(verdictOn('keeps', CLOSURES.en, 'it keeps no access')[0]).toBe('partial');
  });
});

describe('a negation denies nothing', () => {
  it.each<[string, Language, string]>([
    ['when it says "not only"', 'en', 'not only lexical scope'],
    ['when it says "no solo"', 'es', 'no solo mantiene acceso'],
    ['when it says "não só"', 'pt', 'não só mantém acesso'],
    ['from too far away', 'en', 'not that it is of the lexical scope'],
    ['before a comma', 'es', 'no, mantiene acceso'],
    ['in Portuguese, where "no" means "in the"', 'pt', 'no escopo léxico'],
    ['when a longer place says it plainly', 'en', 'it keeps no access. It keeps in all cases access'],
    ['when the concept is also said without it', 'en', 'not lexical scope? yes, lexical scope'],
  ])('%s (%s: %s)', (_, language, answer) => {
    expect(verdictOn('keeps', CLOSURES[language], answer)[0]).toBe('covered');
  });

  const constants = questionWith('en', 'Why use const?', {
    binding: ['A const cannot be bound to another value', 'reassigned', 'not changed', 'fixed binding'],
    other: ['Objects stay as they are', 'value not copied', 'shared object', 'same reference'],
  });

  it('where the concept itself is a negation', () => {
    expect(verdictOn('binding', constants, 'it cannot be reassigned')[0]).toBe('covered');
  });

  it('where the alias itself holds it', () => {
    expect(verdictOn('other', constants, "the value isn't copied")).toEqual([
      'covered',
      "value isn't copied",
    ]);
    expect(verdictOn('other', constants, 'the value is copied')[0]).not.toBe('covered');
  });
});

describe('an answer misses a concept', () => {
  it.each<[string, Language, string, string]>([
    ['when its words stand too far apart', 'en', 'keeps', 'lexical is a word that I have heard about scope'],
    ['when they stand in two sentences', 'en', 'keeps', 'It is lexical. Scope matters.'],
    ['when it says the opposite word', 'en', 'cost', 'in linear time'],
    ['when the growth rate is another', 'en', 'cost', 'that is O(n)'],
    ['when it only repeats words of the question', 'es', 'private', 'una función que recuerda el código'],
  ])('%s (%s, %s)', (_, language, concept, answer) => {
    expect(verdictOn(concept, CLOSURES[language], answer)).toEqual(['missing', null]);
  });

  const asked = questionWith(
    'en',
    'How does an inner function keep access to the lexical scope of its parent?',
    {
      scope: ['The scope is kept', 'lexical scope', 'scope of its parent', 'kept alive'],
      other: ['Something else is said', 'garbage collector', 'memory cost', 'stays reachable'],
    },
  );

  it('when it copies a run of words from the question', () => {
    expect(verdictOn('scope', asked, asked.text)).toEqual(['missing', null]);
    expect(verdictOn('scope', asked, 'well, keep access to the lexical scope')).toEqual(['missing', null]);
  });

  it('but not when the same words are its own', () => {
    expect(verdictOn('scope', asked, 'it uses lexical scope')).toEqual(['covered', 'lexical scope']);
  });

  it('and a short question cannot be copied either', () => {
    const short = questionWith('en', 'What is recursion?', {
      it: ['It calls itself', 'recursion', 'calls itself', 'own call'],
    });
    expect(verdictOn('it', short, 'what is recursion')).toEqual(['missing', null]);
  });
});

describe('words are weighed one by one', () => {
  const question = questionWith(
    'en',
    'Why does an array keep a gap between its elements when Ruby grows it?',
    {
      growth: [
        'The array elements keep a gap',
        'reads every character once',
        'asynchronous',
        'amortised growth',
      ],
      arguments: [
        'Something is handed over',
        'parsing arguments',
        'a synchronous reply',
        'on to super',
        'respond to',
      ],
      other: ['Nothing of this is said', 'passing arguments', 'spare room', 'free slots'],
    },
  );

  it('three of the four words of an alias are partial, two are missing', () => {
    expect(verdictOn('growth', question, 'reads a character once')[0]).toBe('partial');
    expect(verdictOn('growth', question, 'reads it once')).toEqual(['missing', null]);
  });

  it('stating the concept in words that the question gave earns nothing', () => {
    expect(verdictOn('growth', question, 'elements of an array have a gap')).toEqual(['missing', null]);
  });

  it('a word that the rubric uses elsewhere is not a slip', () => {
    expect(verdictOn('other', question, 'it is about parsing arguments')).toEqual(['missing', null]);
    expect(verdictOn('other', question, 'it is about pasing arguments')).toEqual([
      'covered',
      'pasing arguments',
    ]);
  });

  it('an article and a word are not one word', () => {
    expect(verdictOn('growth', question, 'it is a synchronous call')).toEqual(['missing', null]);
    expect(verdictOn('arguments', question, 'an asynchronous reply')).toEqual(['missing', null]);
  });

  it('an alias of one content word wants its small words too', () => {
    expect(verdictOn('arguments', question, 'something with super')).toEqual(['missing', null]);
    expect(verdictOn('arguments', question, 'it goes on to super')).toEqual(['covered', 'on to super']);
  });

  it('a name is quoted whole', () => {
    expect(verdictOn('arguments', question, 'define respond_to_it? too')).toEqual([
      'covered',
      'respond_to_it',
    ]);
  });

  it('a stemmer that takes half a joined alias for an ending does not shorten it', () => {
    const spanish = questionWith('es', '¿Qué compara?', {
      id: ['La identidad', 'mismo id', 'identidad', 'mismo objeto'],
    });
    expect(verdictOn('id', spanish, 'el mismo texto')).toEqual(['missing', null]);
  });

  it('a growth rate that only two repetitions make together was never said', () => {
    const sorting = questionWith('en', 'How fast?', {
      rate: ['The rate', 'o(n log n)', 'linearithmic', 'n log n'],
    });
    expect(verdictOn('rate', sorting, 'log n for each n')).toEqual(['missing', null]);
    expect(verdictOn('rate', sorting, 'log n for each n log n for each n')).toEqual(['missing', null]);
  });

  it('what begins in one repetition and ends in the next was never said', () => {
    const once = 'scope that is lexical';
    for (const between of [' ', '. ', '\n', ' ?. ']) {
      const hashes = ['hash so map', 'hash so map'].join(between);
      expect(verdictOn('cost', CLOSURES.en, hashes)).toEqual(['covered', 'hash so map']);
      const maps = [
        'map and then a few more words to the hash',
        'map and then a few more words to the hash',
      ].join(between);
      expect(verdictOn('cost', CLOSURES.en, maps)).toEqual(['missing', null]);
    }
    expect(verdictOn('keeps', CLOSURES.en, `${once} ${once}`)).toEqual(verdictOn('keeps', CLOSURES.en, once));
  });
});

describe('whatever the answer is', () => {
  const spoken = [
    'outer variables keeps access lexical scope private state data hiding o(1) O(n) hash map not never without the',
    'función mantiene acceso variables externas estado privado tempo constante no sin esconder dados escopo léxico',
    'closure. , ? __init__ &block 😀 3 3 n log n',
  ]
    .join(' ')
    .split(' ');
  const anyAnswer = fc.oneof(
    fc.array(fc.constantFrom(...spoken), { maxLength: 40 }).map((words) => words.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );
  const anyQuestion = fc.constantFrom(...Object.values(CLOSURES));
  /** Holds nothing of any concept, and no negation. */
  const padding = fc.array(fc.constantFrom('well', 'bueno', 'olha', 'zzz', '12', 'really'), {
    maxLength: 10,
  });
  const earned = (question: QuestionInLanguage, answer: string) =>
    coverageOf(question.concepts, judgeOffline(question, answer).verdicts);

  /** What breaks these takes rare coincidences. */
  const OFTEN = { numRuns: 1_000 };

  it('there is one verdict for each concept, in order', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, (question, answer) => {
        const ids = judgeOffline(question, answer).verdicts.map((verdict) => verdict.conceptId);
        expect(ids).toEqual(question.concepts.map((concept) => concept.id));
      }),
    );
  });

  it('every quote is copied from it, at most a dozen words, and only a missing concept has none', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, (question, answer) => {
        for (const { verdict, quote } of judgeOffline(question, answer).verdicts) {
          expect(quote === null).toBe(verdict === 'missing');
          expect(answer).toContain(quote ?? '');
          expect(quote ?? '').toBe((quote ?? '').trim());
          expect((quote ?? '').split(/\s+/).length).toBeLessThanOrEqual(15);
        }
      }),
    );
  });

  it('the same answer is always judged the same', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, (question, answer) => {
        expect(judgeOffline(question, answer)).toEqual(judgeOffline(structuredClone(question), answer));
      }),
    );
  });

  it('saying it again earns nothing more', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, fc.constantFrom(' ', '. ', '\n'), (question, answer, between) => {
        const once = earned(question, answer);
        expect(earned(question, [answer, answer].join(between))).toBeLessThanOrEqual(once);
        expect(earned(question, [answer, answer, answer].join(between))).toBeLessThanOrEqual(once);
      }),
      OFTEN,
    );
  });

  it('padding before and behind it earns nothing more', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, padding, padding, (question, answer, before, behind) => {
        const padded = [...before, answer, ...behind].join(' ');
        expect(earned(question, padded)).toBeLessThanOrEqual(earned(question, answer));
      }),
      OFTEN,
    );
  });

  it('nothing said earns nothing', () => {
    for (const nothing of ['', '   \n', '?!', '😀', '...']) {
      expect(judgeOffline(CLOSURES.es, nothing).verdicts.map((it) => it.verdict)).toEqual([
        'missing',
        'missing',
        'missing',
      ]);
    }
  });

  it('it never claims what words cannot show', () => {
    fc.assert(
      fc.property(anyQuestion, anyAnswer, (question, answer) => {
        const { verdicts, ...rest } = judgeOffline(question, answer);
        expect(verdicts.map((it) => it.verdict)).not.toContain('contradicted');
        expect(rest).toEqual({ nextStep: null, explanation: null, offTopic: false, suspicious: false });
      }),
    );
  });
});

describe('whoever says a concept freely, in one sentence and in most of our own words', () => {
  const verdictOf = (answer: string) =>
    judgeOffline(CLOSURES.en, answer).verdicts.find((it) => it.conceptId === 'private')?.verdict;

  it('has said it, although no alias is in it', () => {
    expect(
      verdictOf('the state that I put in there is hidden, so the rest of my whole program cannot see it'),
    ).toBe('covered');
  });

  it('has not when a negation stands in that sentence, which leaves a part', () => {
    expect(verdictOf('the state is not hidden there, so the rest of my whole program can see it')).toBe(
      'partial',
    );
  });
});
