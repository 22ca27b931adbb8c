import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that wait for real processes and real time: begun first, they wait beside the others instead of after them. */
const LONGEST = [
  'test/crash.test.ts',
  'test/outages.test.ts',
  'test/processes.test.ts',
  'test/rolling-restart.test.ts',
  'test/journeys/one-person.test.ts',
  'test/many-days.test.ts',
  'test/full-disk.test.ts',
  'test/journeys/chaos.test.ts',
];

/** On a new machine nobody knows how long a file takes, and Vitest would begin with the largest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? LONGEST.length : index;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
