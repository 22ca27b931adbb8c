import type { EmulatorSwitches } from '../../../contract/switches.ts';

/** The switches when nothing is wrong, as tests need them. */
export const ALL_WELL: EmulatorSwitches = {
  webhooks: {
    duplicate: false,
    shuffle: false,
    delayMs: 0,
    batch: 1,
    hold: false,
    badSignature: false,
    missingSignature: false,
    largeBody: false,
    oldConversation: false,
  },
  sending: {
    dropAnswerAfterAccept: 0,
    timeoutAfterAccept: 0,
    reset: 0,
    http500: 0,
    http503: 0,
    html502: 0,
    readByThemselves: 0,
  },
  account: {
    noPaymentMethod: false,
    windowRefusedInAnswer: false,
    approveAsMarketing: false,
    review: 'approve',
    marketingPerLearnerAndDay: null,
    messagesPerSecond: null,
    pairLimit: false,
    recipientsPerDay: 250,
    quality: 'GREEN',
  },
};
