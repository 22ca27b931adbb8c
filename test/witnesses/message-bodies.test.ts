import { buildTemplateSendPayload } from '@kapso/whatsapp-cloud-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ActionButtons,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Interactive,
  PayloadComponent,
  Template,
  Text,
} from 'whatsapp-api-js/messages';
import type { ClientMessage } from 'whatsapp-api-js/types';
import {
  ACCOUNT_ID,
  ANA,
  APP_SECRET,
  DAILY_QUESTION,
  PHONE_NUMBER_ID,
  startWorkbench,
  TOKEN,
  type Workbench,
} from '../../emulator/testing/workbench.ts';
import type { Channel, ChannelMessage, Recipient } from '../../server/channels/channel.ts';
import { createWhatsApp } from '../../server/channels/whatsapp/client.ts';
import { kapsoAt } from './kapso.ts';
import { whatsAppApiJsAt } from './whatsapp-api-js.ts';

let bench: Workbench;
let door: Channel;
let anaId: string;
let answer: string;
beforeAll(async () => {
  bench = await startWorkbench();
  await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
  const ana = bench.emulator.phone(ANA, { name: 'Ana' });
  anaId = ana.bsuid;
  answer = ana.say('uma resposta');
  await bench.emulator.settle();
  door = createWhatsApp({
    token: TOKEN,
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: ACCOUNT_ID,
    appSecret: APP_SECRET,
    apiBaseUrl: bench.url,
    apiVersion: 'v25.0',
  });
});
afterAll(async () => {
  await door.close();
  await bench.close();
});

const QUESTION = 'O que é uma *closure*? https://example.com/a?b=ç\n1. …';
const BUTTONS = [
  { id: 'hint:42', title: 'Dica' },
  { id: 'skip:42', title: 'Pular' },
];
const PARAMETERS = [
  { name: 'first_name', text: 'Ana' },
  { name: 'area', text: 'JavaScript' },
];
const PAYLOADS = ['answer:42', 'pause:42'];

/** The same messages, in our words and in those of the witnesses. */
const text: ChannelMessage = { form: 'text', text: QUESTION };
const buttons: ChannelMessage = { form: 'buttons', text: QUESTION, buttons: BUTTONS };
const template: ChannelMessage = {
  form: 'template',
  name: DAILY_QUESTION.name,
  languageCode: DAILY_QUESTION.language,
  parameters: PARAMETERS,
  payloads: PAYLOADS,
};

describe('what our door sends is what Kapso sends', () => {
  const common = { phoneNumberId: PHONE_NUMBER_ID, bizOpaqueCallbackData: 'out:1' };
  const toAna = { ...common, to: `+${ANA}` };
  const asked = { body: QUESTION, previewUrl: false };

  test('for a text that quotes', async () => {
    const { messages } = kapsoAt(bench.url);
    const theirs = await bodyOf(messages.sendText({ ...toAna, ...asked, contextMessageId: answer }));
    expect(await ourBody(text, { quoting: answer })).toEqual(theirs);
  });

  test('for a text to somebody who shows no number', async () => {
    const { messages } = kapsoAt(bench.url);
    const theirs = await bodyOf(messages.sendText({ ...common, ...asked, recipient: anaId }));
    expect(await ourBody(text, { to: { phone: null, bsuid: anaId } })).toEqual(theirs);
  });

  test('for reply buttons', async () => {
    const { messages } = kapsoAt(bench.url);
    const interactive = { ...toAna, bodyText: QUESTION, buttons: BUTTONS };
    expect(await ourBody(buttons)).toEqual(await bodyOf(messages.sendInteractiveButtons(interactive)));
  });

  test('for a template', async () => {
    const built = buildTemplateSendPayload({
      name: DAILY_QUESTION.name,
      language: DAILY_QUESTION.language,
      body: PARAMETERS.map(({ name, text }) => ({ type: 'text', parameterName: name, text })),
      buttons: PAYLOADS.map((payload, index) => ({
        type: 'button',
        subType: 'quick_reply',
        index: String(index),
        parameters: [{ type: 'payload', payload }],
      })),
    });
    const components = (built.components ?? []).map((component) => ({ ...component }));
    const { messages } = kapsoAt(bench.url);
    const theirs = await bodyOf(messages.sendTemplate({ ...toAna, template: { ...built, components } }));
    expect(await ourBody(template)).toEqual(theirs);
  });
});

describe('what our door sends is what whatsapp-api-js sends', () => {
  const send = (message: ClientMessage, how: { to?: string; quoting?: string } = {}) =>
    bodyOf(
      whatsAppApiJsAt(bench.url).sendMessage(
        PHONE_NUMBER_ID,
        how.to ?? `+${ANA}`,
        message,
        how.quoting,
        'out:1',
      ),
    );
  const withoutPreview = { text: { body: QUESTION, preview_url: false } };

  test('for a text that quotes, but that we say in so many words that there is no preview', async () => {
    const theirs = await send(new Text(QUESTION), { quoting: answer });
    expect(await ourBody(text, { quoting: answer })).toEqual({ ...theirs, ...withoutPreview });
  });

  test('for a text to somebody who shows no number', async () => {
    const theirs = await send(new Text(QUESTION), { to: anaId });
    const ours = await ourBody(text, { to: { phone: null, bsuid: anaId } });
    expect(ours).toEqual({ ...theirs, ...withoutPreview });
  });

  test('for reply buttons', async () => {
    const [hint, skip] = [new Button('hint:42', 'Dica'), new Button('skip:42', 'Pular')];
    const theirs = await send(new Interactive(new ActionButtons(hint, skip), new Body(QUESTION)));
    expect(await ourBody(buttons)).toEqual(theirs);
  });

  test('for a template, but that it names the only policy there is and writes the index as a number', async () => {
    const [firstName, area] = [
      new BodyParameter('Ana', 'first_name'),
      new BodyParameter('JavaScript', 'area'),
    ];
    const payloads = PAYLOADS.map((payload) => new PayloadComponent(payload));
    const { name, language } = DAILY_QUESTION;
    const theirs = await send(new Template(name, language, new BodyComponent(firstName, area), ...payloads));
    const ours = JSON.stringify(await ourBody(template))
      .replace('"code":"pt_BR"', '"code":"pt_BR","policy":"deterministic"')
      .replace(/"index":"(\d)"/g, '"index":$1');
    expect(JSON.parse(ours)).toEqual(theirs);
  });
});

/** What one call of a witness put on the wire, as the emulator received it. */
async function bodyOf(call: Promise<unknown>): Promise<object | undefined> {
  // Nothing has arrived yet: the call has only just begun.
  const { length } = bench.emulator.sends;
  await call;
  expect(bench.emulator.sends).toHaveLength(length + 1);
  return bench.emulator.sends.at(-1)?.body;
}

/** The same of our own door. */
async function ourBody(
  message: ChannelMessage,
  how: { to?: Recipient; quoting?: string } = {},
): Promise<object | undefined> {
  const to = how.to ?? { phone: ANA, bsuid: null };
  const options = { callbackData: 'out:1', quoting: how.quoting ?? null };
  return bodyOf(door.send(to, message, options));
}
