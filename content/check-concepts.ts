import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { sameWords } from '../server/ai/offline/same-words.ts';
import { saysPhrase } from '../server/ai/offline/says-phrase.ts';
import { ALIASES, CONCEPTS, MOST_ALIAS_WORDS, WEIGHTS } from './limits.ts';
import type { Finding } from './problem.ts';

/** The rubric of a question: its concepts, their weights and the words by which they are recognised. */
export function checkConcepts(question: Question): readonly Finding[] {
  return [
    ...checkRubric(question),
    ...LANGUAGES.flatMap((language) => [
      ...question.concepts.flatMap((_, index) => checkAliases(question, index, language)),
      ...checkSharedAliases(question, language),
    ]),
  ];
}

function checkRubric({ concepts }: Question): readonly Finding[] {
  const findings: Finding[] = [];
  if (concepts.length < CONCEPTS.fewest || concepts.length > CONCEPTS.most) {
    const sentence = `has ${concepts.length} concepts, ${CONCEPTS.fewest} to ${CONCEPTS.most} are allowed`;
    findings.push({ path: ['concepts'], sentence });
  }
  if (!concepts.some((concept) => concept.core))
    findings.push({ path: ['concepts'], sentence: 'has no core concept' });
  concepts.forEach(({ id, weight }, index) => {
    if (weight < WEIGHTS.lowest || weight > WEIGHTS.highest || !Number.isInteger(weight)) {
      const sentence = `weighs ${weight}, ${WEIGHTS.lowest} to ${WEIGHTS.highest} are allowed`;
      findings.push({ path: ['concepts', index, 'weight'], sentence });
    }
    if (concepts.findIndex((other) => other.id === id) < index) {
      findings.push({ path: ['concepts', index, 'id'], sentence: `names a second concept ${id}` });
    }
  });
  return findings;
}

function checkAliases(question: Question, index: number, language: Language): readonly Finding[] {
  const concept = question.concepts[index];
  if (concept === undefined) return [];
  const path = ['concepts', index, 'aliases', language];
  const aliases = concept.aliases[language];
  const findings: Finding[] = [];
  if (aliases.length < ALIASES.fewest || aliases.length > ALIASES.most) {
    findings.push({
      path,
      sentence: `has ${aliases.length} aliases, ${ALIASES.fewest} to ${ALIASES.most} are allowed`,
    });
  }
  aliases.forEach((alias, at) => {
    const found = (sentence: string) =>
      findings.push({ path: [...path, at], sentence: `alias "${alias}" ${sentence}` });
    const words = alias.split(/\s+/).length;
    if (words > MOST_ALIAS_WORDS) found(`has ${words} words, at most ${MOST_ALIAS_WORDS}`);
    if (alias !== alias.toLowerCase()) found('is not lower case');
    if (aliases.indexOf(alias) < at) found('stands there twice');
    if (saysPhrase(question.text[language], alias, language)) found('stands in the text of the question');
    if (concept.core && saysPhrase(question.hint[language], alias, language))
      found('stands in the hint and is core');
  });
  return findings;
}

/** An alias of two concepts would pay twice for one thing said. */
function checkSharedAliases({ concepts }: Question, language: Language): readonly Finding[] {
  return concepts.flatMap((concept, index) =>
    concept.aliases[language].flatMap((alias, at) =>
      concepts.slice(0, index).flatMap((earlier) =>
        earlier.aliases[language].some((other) => sameWords(other, alias, language))
          ? [
              {
                path: ['concepts', index, 'aliases', language, at],
                sentence: `alias "${alias}" also belongs to ${earlier.id}`,
              },
            ]
          : [],
      ),
    ),
  );
}
