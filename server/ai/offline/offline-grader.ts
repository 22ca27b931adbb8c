import type { Grader, GradingRecord } from '../grader.ts';
import { judgeOffline } from './judge-offline.ts';

/** Stored with each assessment: verdicts of different versions are not compared. */
const RULES_VERSION = 'offline-1';

/** The grader that always answers, at once and for nothing; its verdicts are good for a band in words, not for a score. */
export function createOfflineGrader(): Grader {
  return {
    name: 'offline',
    grade: async ({ question, answer }) => ({
      kind: 'graded',
      assessment: judgeOffline(question, answer),
      made: RECORD,
    }),
  };
}

const RECORD: GradingRecord = {
  grader: 'offline',
  model: null,
  promptVersion: RULES_VERSION,
  inputTokens: null,
  cachedTokens: null,
  outputTokens: null,
  costMicroUsd: null,
};
