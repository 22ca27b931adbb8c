import { commandIn } from './commands/command-in.ts';
import { saysNotMe } from './confirming.ts';
import { saysStop } from './conversation.ts';
import type { Heard } from './heard.ts';
import type { Language } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { readPayload } from './payload.ts';
import type { Service } from './scene.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** All that is remembered of somebody who is no learner: when we last spoke to them, and whether they want none of it. */
export type StrangerMemory = {
  readonly greetedAt: number | null;
  readonly helpedAt: number | null;
  readonly silencedAt: number | null;
};

/**
 * What becomes of a stranger's message. One kind line a day shows the way to the registration page and to a person;
 * HELP, which was asked for, gets it too. Then silence, and for good after a STOP, until they say START.
 */
export function hearStranger(it: {
  heard: Heard;
  saidAt: number;
  now: number;
  memory: StrangerMemory;
}): 'greet' | 'help' | 'silence' | 'nothing' {
  const { heard, saidAt, now, memory } = it;
  if (wantsSilence(heard)) return 'silence';
  if (!isForUs(heard) || now - saidAt > DAYS) return 'nothing';
  const command = wordIn(heard);
  if (command === 'help') return isOver(memory.helpedAt, now) ? 'help' : 'nothing';
  const { silencedAt } = memory;
  if (silencedAt !== null && (command !== 'start' || saidAt < silencedAt)) return 'nothing';
  return isOver(memory.greetedAt, now) ? 'greet' : 'nothing';
}

/** Who we are, where to register, and how to reach a person. */
export function strangerLine(service: Service, language: Language): string {
  const { businessName, registrationUrl, contact } = service;
  return phrases[language].stranger({ business: businessName, url: registrationUrl, contact });
}

/** Their last word against us, by whatever way: it holds too when we learn later whose it was. */
export function wantsSilence(heard: Heard): boolean {
  if (saysStop(heard)) return true;
  switch (heard.kind) {
    case 'text':
      return saysNotMe(heard.text);
    case 'tap':
      return readPayload(heard.payload)?.act === 'not_me' || saysNotMe(heard.title);
    case 'marketing-preference':
      return !heard.wanted;
    default:
      return false;
  }
}

/**
 * Whether it still counts when we learn whose it was. A STOP does, unless they have joined since; anything else only if
 * they had joined before: what people ask before that, the line has answered.
 */
export function countsAsTheirs(it: { heard: Heard; saidAt: number; confirmedAt: number | null }): boolean {
  const { heard, saidAt, confirmedAt } = it;
  return confirmedAt === null ? wantsSilence(heard) : confirmedAt <= saidAt;
}

/** A thumb up, a corrected word or WhatsApp's own bookkeeping is no message that waits for a line. */
function isForUs(heard: Heard): boolean {
  switch (heard.kind) {
    case 'text':
    case 'tap':
    case 'voice':
    case 'media':
    case 'media-lost':
      return true;
    case 'unsupported':
      return heard.what !== 'edit';
    case 'reaction':
    case 'address-changed':
    case 'marketing-preference':
      return false;
    default: {
      const impossible: never = heard;
      throw new Error(`Heard something unknown: ${JSON.stringify(impossible)}`);
    }
  }
}

function wordIn(heard: Heard): ReturnType<typeof commandIn> {
  if (heard.kind === 'text') return commandIn(heard.text);
  return heard.kind === 'tap' ? commandIn(heard.title) : null;
}

function isOver(saidAt: number | null, now: number): boolean {
  return saidAt === null || now - saidAt >= DAYS;
}
