import { describe, expect, it } from 'vitest';
import type { ChatMessage, EmulatorState, Phone } from '../../contract/phone.ts';
import { ALL_WELL as SWITCHES } from '../../contract/switches.ts';
import { afterEvent, type EmulatorView, unreadOf, viewOf } from './emulator-view.ts';

const ANA = '5511955501234';
const RECEIVED_AT = 1_000_000;

describe('the virtual clock', () => {
  it('is remembered as being ahead of this computer', () => {
    expect(viewOf(state({ now: RECEIVED_AT + 5000 }), SWITCHES, RECEIVED_AT).clockAheadMs).toBe(5000);
  });

  it('follows a jump', () => {
    const view = viewAfter(viewOf(state(), SWITCHES, RECEIVED_AT), {
      kind: 'clock',
      now: RECEIVED_AT + 3_600_000,
    });
    expect(view.clockAheadMs).toBe(3_600_000);
  });
});

describe('a message', () => {
  it('is added below the others', () => {
    const view = viewAfter(withAna(message('a')), { kind: 'message', number: ANA, message: message('b') });
    expect(view.phones[0]?.messages.map((it) => it.wamid)).toEqual(['a', 'b']);
  });

  it('that is known takes the place it has: its ticks or buttons changed', () => {
    const changed = message('a', { status: 'read' });
    const view = viewAfter(withAna(message('a'), message('b')), {
      kind: 'message',
      number: ANA,
      message: changed,
    });
    expect(view.phones[0]?.messages).toEqual([changed, message('b')]);
  });

  it('may be told twice', () => {
    const event = { kind: 'message', number: ANA, message: message('a') } as const;
    expect(viewAfter(viewAfter(withAna(), event), event).phones[0]?.messages).toHaveLength(1);
  });

  it('of the bot ends the typing indicator, one of the learner does not', () => {
    const typing = viewAfter(withAna(), { kind: 'typing', number: ANA, until: RECEIVED_AT + 25_000 });
    const said = viewAfter(typing, {
      kind: 'message',
      number: ANA,
      message: message('a', { from: 'learner' }),
    });
    expect(said.phones[0]?.typingUntil).toBe(RECEIVED_AT + 25_000);
    const answered = viewAfter(said, { kind: 'message', number: ANA, message: message('b') });
    expect(answered.phones[0]?.typingUntil).toBeNull();
  });

  it('for a phone we never heard of asks for the whole state', () => {
    const event = { kind: 'message', number: '15550000000', message: message('a') } as const;
    expect(afterEvent(withAna(), event, RECEIVED_AT)).toBe('refetch');
  });
});

describe('a phone', () => {
  const { messages: _, ...ana } = phone();

  it('that is new, or an old one under another number, asks for the whole state', () => {
    const moved = { ...ana, number: '5521955509876' };
    expect(afterEvent(withAna(), { kind: 'phone', phone: moved }, RECEIVED_AT)).toBe('refetch');
  });

  it('that is known keeps its messages', () => {
    const view = viewAfter(withAna(message('a')), { kind: 'phone', phone: { ...ana, name: 'Ana Souza' } });
    expect(view.phones).toEqual([{ ...ana, name: 'Ana Souza', messages: [message('a')] }]);
  });
});

it('takes the switches as they are told', () => {
  const held = { ...SWITCHES, webhooks: { ...SWITCHES.webhooks, hold: true } };
  expect(viewAfter(withAna(), { kind: 'switches', switches: held }).switches).toEqual(held);
});

it('counts as unread what the bot said and nobody saw', () => {
  const messages = [
    message('read', { status: 'read' }),
    message('failed', { status: 'failed' }),
    message('own', { from: 'learner', status: 'sent' }),
    message('sent', { status: 'sent' }),
    message('delivered', { status: 'delivered' }),
  ];
  expect(unreadOf(phone({ messages })).map((it) => it.wamid)).toEqual(['sent', 'delivered']);
});

function viewAfter(view: EmulatorView, event: Parameters<typeof afterEvent>[1]): EmulatorView {
  const next = afterEvent(view, event, RECEIVED_AT);
  if (next === 'refetch') throw new Error('The event was not understood.');
  return next;
}

function withAna(...messages: ChatMessage[]): EmulatorView {
  return viewOf(state({ phones: [phone({ messages })] }), SWITCHES, RECEIVED_AT);
}

function state(rest: Partial<EmulatorState> = {}): EmulatorState {
  const business = { number: '15550100200', name: 'Interview Bot' };
  return { now: RECEIVED_AT, business, registrationUrl: null, phones: [], ...rest };
}

function phone(rest: Partial<Phone> = {}): Phone {
  return {
    number: ANA,
    name: 'Ana',
    language: 'pt',
    bsuid: 'BR.Ana',
    identity: 'both',
    blocked: false,
    stoppedMarketing: false,
    failsWith: null,
    typingUntil: null,
    messages: [],
    ...rest,
  };
}

function message(wamid: string, rest: Partial<ChatMessage> = {}): ChatMessage {
  return {
    wamid,
    from: 'bot',
    at: RECEIVED_AT,
    text: wamid,
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
