import { expect, it } from 'vitest';
import type { ChatMessage } from '../../contract/phone.ts';
import { dayOf } from './clock-words.ts';
import { firstStepOf } from './first-steps.ts';

const MORNING = new Date(2026, 10, 23, 9, 0).getTime();
const DAYS = 24 * 60 * 60 * 1000;
const TODAY = dayOf(MORNING);

const welcome = bot({ template: 'welcome_v1', buttons: [button('Começar'), button('Não fui eu')] });
const start = learner();
const question = bot({ buttons: [button('Dica'), button('Pular')] });
const answer = learner();
const feedback = bot();

it('begins with the registration', () => {
  expect(firstStepOf([], TODAY)).toEqual({ kind: 'register' });
});

it('names the button of the welcome in the learner’s language', () => {
  expect(firstStepOf([welcome], TODAY)).toEqual({ kind: 'start', button: 'Começar' });
});

it('does not count what never arrived', () => {
  expect(firstStepOf([{ ...welcome, status: 'failed' }], TODAY)).toEqual({ kind: 'register' });
});

it('asks for the answer from the tap on Start until there is one', () => {
  expect(firstStepOf([welcome, start], TODAY)).toEqual({ kind: 'answer' });
  expect(firstStepOf([welcome, start, question], TODAY)).toEqual({ kind: 'answer' });
});

it('asks for the answer as well when a link confirmed and no welcome was tapped', () => {
  expect(firstStepOf([learner(), question], TODAY)).toEqual({ kind: 'answer' });
});

it('is quiet while the feedback is on its way', () => {
  expect(firstStepOf([welcome, start, question, answer], TODAY)).toBeNull();
});

it('points to tomorrow after the first feedback', () => {
  expect(firstStepOf([welcome, start, question, answer, feedback], TODAY)).toEqual({ kind: 'tomorrow' });
});

it('is quiet for good from the second day on', () => {
  expect(firstStepOf([welcome, start, question, answer, feedback], dayOf(MORNING + 1 * DAYS))).toBeNull();
});

function bot(rest: Partial<ChatMessage> = {}): ChatMessage {
  return {
    wamid: 'wamid.1',
    from: 'bot',
    at: MORNING,
    text: '',
    header: null,
    footer: null,
    buttons: [],
    quoting: null,
    template: null,
    status: 'delivered',
    failure: null,
    ...rest,
  };
}

function learner(): ChatMessage {
  return bot({ from: 'learner', status: 'sent' });
}

function button(title: string) {
  return { id: title, title, tapped: false };
}
