import { fold } from './fold.ts';
import type { Question } from './question.ts';

/** One concept of one question. */
export type ConceptRef = { readonly slug: string; readonly conceptId: string };

/** Concepts of different questions are kin when a learner would say them in the same words. */
export type Kinship = {
  /**
   * Other questions of the area in which a concept can be met again: first those that name it, then those of its topic.
   */
  questionsWith(concept: ConceptRef): readonly Question[];
  /** The ids of the concepts of a question that say the same as this one; none when the question says nothing of it. */
  kinIn(slug: string, concept: ConceptRef): readonly string[];
};

/** Worked out once for a bank. */
export function kinshipOf(bank: readonly Question[]): Kinship {
  const known = new Map<string, Known>();
  for (const question of bank) {
    for (const { id, aliases } of question.concepts) {
      const words = new Set(aliases.en.map((alias) => `${question.area} ${fold(alias)}`));
      known.set(keyOf({ slug: question.slug, conceptId: id }), { question, id, words });
    }
  }
  const byWords = Map.groupBy(
    [...known.values()].flatMap((it) => [...it.words].map((words) => ({ words, ...it }))),
    (it) => it.words,
  );
  const byTopic = Map.groupBy(bank, topicOf);
  const found = new Map<string, readonly Question[]>();

  return {
    questionsWith(concept) {
      const key = keyOf(concept);
      const before = found.get(key);
      if (before !== undefined) return before;
      const questions = search(key);
      found.set(key, questions);
      return questions;
    },
    kinIn(slug, concept) {
      const key = keyOf(concept);
      const ids = new Set(
        [...(known.get(key)?.words ?? [])].flatMap((words) =>
          (byWords.get(words) ?? []).filter((it) => it.question.slug === slug).map((it) => it.id),
        ),
      );
      return concept.slug === slug ? [concept.conceptId] : [...ids];
    },
  };

  function search(key: string): readonly Question[] {
    const concept = known.get(key);
    if (concept === undefined) return [];
    const naming = [...concept.words].flatMap((words) => byWords.get(words) ?? []).map((it) => it.question);
    const nearby = byTopic.get(topicOf(concept.question)) ?? [];
    return [...new Set([...naming, ...nearby])].filter((it) => it !== concept.question);
  }
}

/** `words`: the English aliases, folded, with the area in front: areas have nothing to do with each other. */
type Known = { readonly question: Question; readonly id: string; readonly words: ReadonlySet<string> };

function topicOf({ area, topic }: Question): string {
  return `${area} ${topic}`;
}

function keyOf({ slug, conceptId }: ConceptRef): string {
  return `${slug} ${conceptId}`;
}
