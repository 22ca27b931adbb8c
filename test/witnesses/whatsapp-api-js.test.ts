import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionList,
  Audio,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Footer,
  Interactive,
  ListSection,
  PayloadComponent,
  Reaction,
  Row,
  Template,
  Text,
} from 'whatsapp-api-js/messages';
import { WhatsAppAPI as Receiver } from 'whatsapp-api-js/middleware/node-http';
import { isJsonObject } from '../../emulator/json-object.ts';
import { voiceNote } from '../../emulator/media/voice-note.ts';
import {
  ACCOUNT_ID,
  ANA,
  APP_ID,
  APP_SECRET,
  APP_TOKEN,
  DAILY_QUESTION,
  PHONE_NUMBER_ID,
  startWorkbench,
  TOKEN,
  VERIFY_TOKEN,
  type Workbench,
} from '../../emulator/testing/workbench.ts';
import { whatsAppApiJsAt } from './whatsapp-api-js.ts';

let bench: Workbench;
let client: WhatsAppAPI;
beforeEach(async () => {
  bench = await startWorkbench();
  client = whatsAppApiJsAt(bench.url);
});
afterEach(() => bench.close());

/** As a bare text: the newer form asks for a business-scoped id even where the phone is enough. */
const TO_ANA = `+${ANA}`;
const ACCEPTED = {
  messaging_product: 'whatsapp',
  contacts: [{ input: `+${ANA}`, wa_id: ANA }],
  messages: [{ id: expect.stringMatching(/^wamid\./) }],
};

const ana = () => bench.emulator.phone(ANA, { name: 'Ana' });
const lastSend = () => bench.emulator.sends.at(-1);

describe('whatsapp-api-js sends', () => {
  beforeEach(() => {
    ana().say('oi');
  });

  test('a text that quotes, with data of ours that comes back in the status', async () => {
    const quoted = ana().say('uma resposta');
    const text = new Text('Nota: 7/10 – não é léxico');
    expect(await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, text, quoted, 'out:1')).toEqual(ACCEPTED);
    expect(lastSend()).toMatchObject({ to: ANA, type: 'text', callbackData: 'out:1' });
    expect(ana().messages.at(-1)).toMatchObject({ text: 'Nota: 7/10 – não é léxico', quoting: quoted });
    await bench.emulator.settle();
    expect(bench.statuses()[0]).toMatchObject({ status: 'sent', biz_opaque_callback_data: 'out:1' });
  });

  test('a text to somebody who shows no number', async () => {
    const { bsuid } = ana();
    const answer = await client.sendMessage(PHONE_NUMBER_ID, { bsuid }, new Text('Oi'));
    expect(answer).toMatchObject({ contacts: [{ input: bsuid, user_id: bsuid }] });
    expect(lastSend()).toMatchObject({ bsuid, body: { recipient: bsuid } });
  });

  test('reply buttons and a list, which can be tapped', async () => {
    const buttons = new ActionButtons(
      new Button('q:42:go', 'Começar'),
      new Button('q:42:skip', 'Pular hoje'),
    );
    const list = new ActionList(
      'Ver áreas',
      new ListSection('Áreas', new Row('area:python', 'Python', 'Back-end')),
    );
    const [pronta, footer] = [new Body('Pronta?'), new Footer('PARAR para sair')];
    await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Interactive(buttons, pronta, undefined, footer));
    const answer = await client.sendMessage(
      PHONE_NUMBER_ID,
      TO_ANA,
      new Interactive(list, new Body('Escolha a área')),
    );
    expect(answer).toEqual(ACCEPTED);
    ana().tap('Pular hoje');
    ana().tap('Python');
    await bench.emulator.settle();
    expect(bench.messages().slice(-2)).toMatchObject([
      { interactive: { button_reply: { id: 'q:42:skip', title: 'Pular hoje' } } },
      { interactive: { list_reply: { id: 'area:python', title: 'Python', description: 'Back-end' } } },
    ]);
  });

  test('a reaction, and takes it back with an empty emoji', async () => {
    const answer = ana().say('uma resposta');
    for (const emoji of ['👍', '']) {
      expect(await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Reaction(answer, emoji))).toEqual(
        ACCEPTED,
      );
      expect(lastSend()?.body.reaction).toEqual({ message_id: answer, emoji });
    }
  });

  test('no reaction of more than one code point, though Meta takes any emoji', () => {
    expect(() => new Reaction('wamid.Q1', '👍🏽')).toThrow('single emoji');
  });

  test('no video in the type that Meta knows, only in one that Meta refuses', async () => {
    const form = (type: string) => {
      const fields = new FormData();
      fields.set('file', new Blob(['…'], { type }), 'clip.3gp');
      return fields;
    };
    await expect(client.uploadMedia(PHONE_NUMBER_ID, form('video/3gpp'))).rejects.toThrow(
      'Invalid media type',
    );
    expect(await client.uploadMedia(PHONE_NUMBER_ID, form('video/3gp'))).toMatchObject({
      error: { code: 100 },
    });
  });

  test('ticks and the typing indicator', async () => {
    const answer = ana().say('uma resposta');
    expect(await client.markAsRead(PHONE_NUMBER_ID, answer, 'text')).toEqual({ success: true });
    expect(ana().messages.at(-1)?.status).toBe('read');
    expect(ana().typingUntil).toBe(bench.now() + 25_000);
  });

  test('a voice note that it uploaded, naming the product in the query', async () => {
    const form = new FormData();
    form.set(
      'file',
      new Blob([new Uint8Array(voiceNote({ seconds: 2 }))], { type: 'audio/ogg' }),
      'feedback.ogg',
    );
    const { id } = accepted(await client.uploadMedia(PHONE_NUMBER_ID, form));
    expect(await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Audio(id, true, true))).toEqual(ACCEPTED);
    expect(lastSend()).toMatchObject({ type: 'audio', body: { audio: { id, voice: true } } });
  });

  test('a template with named parameters and payloads', async () => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    const template = new Template(
      'daily_question_v1',
      'pt_BR',
      new BodyComponent(new BodyParameter('Ana', 'first_name'), new BodyParameter('JavaScript', 'area')),
      new PayloadComponent('daily:answer'),
      new PayloadComponent('daily:pause'),
    );
    const held: (boolean | undefined)[] = [];
    client.on.sent = ({ held_for_quality_assessment }) => held.push(held_for_quality_assessment);
    const answer = accepted(await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, template));
    expect(answer.messages).toEqual([{ id: expect.any(String), message_status: 'accepted' }]);
    expect(held).toEqual([false]);
    ana().tap('Responder agora');
    await bench.emulator.settle();
    expect(bench.messages().at(-1)).toMatchObject({ type: 'button', button: { payload: 'daily:answer' } });
  });
});

test('whatsapp-api-js fetches what a learner said, in two steps and with the token', async () => {
  const bytes = voiceNote({ seconds: 3 });
  ana().sendVoice({ bytes });
  await bench.emulator.settle();
  const audio = bench.messages()[0]?.audio;
  const id = isJsonObject(audio) ? String(audio.id) : '';
  const about = accepted(await client.retrieveMedia(id, PHONE_NUMBER_ID));
  expect(about).toMatchObject({ id, mime_type: 'audio/ogg; codecs=opus', file_size: String(bytes.length) });
  const answer = await client.fetchMedia(about.url);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  expect(await client.deleteMedia(id)).toEqual({ success: true });
});

describe('whatsapp-api-js hands on a refusal', () => {
  test.each([
    [131047, { message: '(#131047) Re-engagement message' }],
    [131056, { message: '(#131056) (Business Account, Consumer Account) pair rate limit hit' }],
  ])('%i as Meta wrote it', async (code, error) => {
    bench.emulator.faults.next(1, { code });
    expect(await client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Text('Oi'))).toEqual({
      error: {
        ...error,
        code,
        type: 'OAuthException',
        error_data: { messaging_product: 'whatsapp', details: expect.any(String) },
        fbtrace_id: expect.stringMatching(/^A\w{22}$/),
      },
    });
  });

  test('190: the token is not good', async () => {
    const stranger = whatsAppApiJsAt(bench.url, { token: 'expired' });
    const answer = await stranger.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Text('Oi'));
    expect(answer).toMatchObject({ error: { code: 190, type: 'OAuthException' } });
  });

  test('132000 and 132001: the template has other parameters, or is not there', async () => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    const send = (name: string) => client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Template(name, 'pt_BR'));
    expect(await send('daily_question_v1')).toMatchObject({ error: { code: 132000 } });
    expect(await send('daily_question_v2')).toMatchObject({ error: { code: 132001 } });
  });

  test('but not a page of a proxy, which it takes for JSON', async () => {
    bench.emulator.faults.next(1, 'html-502');
    const call = client.sendMessage(PHONE_NUMBER_ID, TO_ANA, new Text('Oi'));
    await expect(call).rejects.toThrow(SyntaxError);
  });
});

describe('a service built on whatsapp-api-js', () => {
  const heard: string[] = [];
  let service: Server;
  let callbackUrl: string;
  beforeEach(async () => {
    heard.length = 0;
    const receiver = new Receiver({
      token: TOKEN,
      appSecret: APP_SECRET,
      webhookVerifyToken: VERIFY_TOKEN,
      v: 'v25.0',
    });
    receiver.on.message = ({ message }) => {
      heard.push(message.type === 'text' ? message.text.body : message.type);
    };
    service = createServer(async (request, response) => {
      if (request.method === 'POST') {
        response.writeHead(await receiver.handle_post(request)).end();
        return;
      }
      try {
        response.end(receiver.handle_get(request));
      } catch (status) {
        response.writeHead(Number(status)).end();
      }
    });
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    callbackUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
  });
  afterEach(() => service.close());

  const subscribe = (verifyToken: string) =>
    bench.call(
      'POST',
      `/v25.0/${APP_ID}/subscriptions`,
      {
        object: 'whatsapp_business_account',
        callback_url: callbackUrl,
        fields: 'messages,message_template_status_update',
        verify_token: verifyToken,
      },
      APP_TOKEN,
    );

  test('shakes hands, and hears what a learner says', async () => {
    expect((await subscribe(VERIFY_TOKEN)).json).toEqual({ success: true });
    ana().say('É um closure e/ou léxico 😀');
    await bench.emulator.settle();
    expect(heard).toEqual(['É um closure e/ou léxico 😀']);
    expect(bench.emulator.webhooks.map(({ status }) => status)).toEqual([200]);
  });

  test('shakes no hands with a wrong token, and takes no wrong signature', async () => {
    expect((await subscribe('wrong')).json).toMatchObject({ error: { code: 2200 } });
    await subscribe(VERIFY_TOKEN);
    bench.emulator.webhookSwitches.badSignature = true;
    ana().say('oi');
    await bench.emulator.settle();
    expect(bench.emulator.webhooks.map(({ status }) => status)).toEqual([401]);
    expect(heard).toEqual([]);
  });

  test('hears one message of a batch and says 200 to all of it, so the others are lost', async () => {
    await subscribe(VERIFY_TOKEN);
    bench.emulator.webhookSwitches.hold = true;
    for (const text of ['um', 'dois', 'três']) ana().say(text);
    bench.emulator.webhookSwitches.batch = 3;
    bench.emulator.webhookSwitches.hold = false;
    await bench.emulator.settle();
    expect(heard).toEqual(['um']);
    expect(bench.emulator.webhooks.map(({ status }) => status)).toEqual([200]);
  });

  test('answers news of a template with 500, so that Meta tells it again for a week', async () => {
    await subscribe(VERIFY_TOKEN);
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    expect(bench.emulator.webhooks.map(({ kinds, status }) => [...kinds, status])).toContainEqual([
      'template:APPROVED',
      500,
    ]);
  });
});

function accepted<Answer extends object>(answer: Answer): Exclude<Answer, { error: object }> {
  if ('error' in answer) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer as Exclude<Answer, { error: object }>;
}
