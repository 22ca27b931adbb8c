import { AREAS, DIFFICULTIES } from '../../interview/areas.ts';
import type { Question } from '../../interview/question.ts';
import { someConcept, someQuestion } from './question.ts';

const TOPICS = 10;

/**
 * A bank of so many questions in each area, in ten topics. In every question a learner could say one thing that is also
 * part of another question of its topic.
 */
export function someBank(perArea: number): readonly Question[] {
  return AREAS.flatMap((area) =>
    Array.from({ length: perArea }, (_, index) => {
      const topic = `topic-${index % TOPICS}`;
      const place = Math.floor(index / TOPICS);
      return someQuestion({
        slug: `${area}-${index}`,
        area,
        topic,
        difficulty: DIFFICULTIES[place % DIFFICULTIES.length] ?? 'easy',
        concepts: [
          conceptSaying('core', `${area} ${topic} idea ${Math.floor(place / 2)}`, { weight: 3, core: true }),
          conceptSaying('consequence', `consequence ${area} ${index}`, { weight: 2 }),
          conceptSaying('example', `example ${area} ${index}`, { weight: 1 }),
          conceptSaying('limit', `limit ${area} ${index}`, { weight: 1 }),
        ],
      });
    }),
  );
}

function conceptSaying(id: string, words: string, change: { weight: number; core?: boolean }) {
  return someConcept({ id, aliases: { en: [words], es: [words], pt: [words] }, ...change });
}
