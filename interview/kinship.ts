import { fold } from './fold.ts';
import type { Question } from './question.ts';

/** One concept of one question. */
export type ConceptRef = { readonly slug: string; readonly conceptId: string };

/** Concepts of different questions are kin when a learner would say them in the same words. */
export type Kinship = {
  /** The other questions of its area in which a concept can be met again: those that name it, and those of its topic. */
  questionsWith(concept: ConceptRef): Relatives;
  /** The ids of the concepts of a question that say the same as this one; none when the question says nothing of it. */
  kinIn(slug: string, concept: ConceptRef): readonly string[];
};

type Relatives = { readonly naming: readonly Question[]; readonly ofTopic: readonly Question[] };

/** Worked out once for a bank. */
export function kinshipOf(bank: readonly Question[]): Kinship {
  const known = new Map<string, Known>();
  for (const question of bank) {
    for (const { id, aliases } of question.concepts) {
      // Signs alone, as `===`, fold to nothing.
      const said = aliases.en.map(fold).filter((words) => words !== '');
      const words = new Set(said.map((each) => `${question.area} ${each}`));
      known.set(keyOf({ slug: question.slug, conceptId: id }), { question, id, words });
    }
  }
  const byWords = Map.groupBy(
    [...known.values()].flatMap((it) => [...it.words].map((said) => ({ said, it }))),
    ({ said }) => said,
  );
  const byTopic = Map.groupBy(bank, topicOf);
  const found = new Map<string, Relatives>();

  return {
    questionsWith(concept) {
      const key = keyOf(concept);
      const before = found.get(key);
      if (before !== undefined) return before;
      const questions = search(known.get(key));
      found.set(key, questions);
      return questions;
    },
    kinIn(slug, concept) {
      if (concept.slug === slug) return [concept.conceptId];
      const kin = sayingTheSame(known.get(keyOf(concept))).filter(({ question }) => question.slug === slug);
      return [...new Set(kin.map(({ id }) => id))];
    },
  };

  function search(concept: Known | undefined): Relatives {
    if (concept === undefined) return { naming: [], ofTopic: [] };
    const others = (questions: readonly Question[]) =>
      [...new Set(questions)].filter((it) => it !== concept.question);
    return {
      naming: others(sayingTheSame(concept).map(({ question }) => question)),
      ofTopic: others(byTopic.get(topicOf(concept.question)) ?? []),
    };
  }

  function sayingTheSame(concept: Known | undefined): readonly Known[] {
    return [...(concept?.words ?? [])].flatMap((words) => (byWords.get(words) ?? []).map(({ it }) => it));
  }
}

/** `words`: the English aliases, folded, with the area in front: areas have nothing to do with each other. */
type Known = { readonly question: Question; readonly id: string; readonly words: ReadonlySet<string> };

function topicOf({ area, topic }: Question): string {
  return `${area} ${topic}`;
}

export function keyOf({ slug, conceptId }: ConceptRef): string {
  return `${slug} ${conceptId}`;
}
