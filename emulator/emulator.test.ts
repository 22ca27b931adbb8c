import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, DAILY_QUESTION, dailyQuestion, startWorkbench, type Workbench } from './testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

test('a conversation goes both ways: written, answered, reported and read', async () => {
  const ana = bench.emulator.phone(ANA, { name: 'Ana Souza', language: 'pt' });
  const written = ana.say('Olá, não sei 😀');
  await bench.emulator.settle();
  expect(bench.messages()).toMatchObject([
    { id: written, from: ANA, type: 'text', text: { body: 'Olá, não sei 😀' } },
  ]);

  const reply = await bench.send({
    type: 'text',
    text: { body: 'Boa tentativa' },
    biz_opaque_callback_data: 'out:1',
  });
  expect(reply.status).toBe(200);
  expect(reply.json).toMatchObject({
    messaging_product: 'whatsapp',
    contacts: [{ input: `+${ANA}`, wa_id: ANA }],
  });
  await bench.emulator.settle();
  ana.read();
  await bench.emulator.settle();

  expect(bench.statuses().map((status) => status.status)).toEqual(['sent', 'delivered', 'read']);
  expect(bench.emulator.sends).toMatchObject([
    { to: ANA, type: 'text', callbackData: 'out:1', outcome: 'read' },
  ]);
  expect(ana.messages.map((message) => [message.from, message.text, message.status])).toEqual([
    ['learner', 'Olá, não sei 😀', 'sent'],
    ['bot', 'Boa tentativa', 'read'],
  ]);
});

test('a tap on a template opens the window and quotes it', async () => {
  await bench.call('POST', '/v25.0/110220330440550/message_templates', DAILY_QUESTION);
  await bench.emulator.settle();
  const reply = await bench.send(dailyQuestion());
  expect(reply.json).toMatchObject({ messages: [{ message_status: 'accepted' }] });
  const ana = bench.emulator.phone(ANA);
  expect(ana.messages).toMatchObject([
    {
      text: 'Olá, Ana. Sua pergunta diária de JavaScript, que você assinou, está pronta.',
      footer: 'Responda PARAR para cancelar',
      buttons: [{ id: 'daily:answer', title: 'Responder agora' }, { id: 'daily:pause' }],
      template: 'daily_question_v1',
    },
  ]);
  ana.tap('Responder agora');
  await bench.emulator.settle();
  expect(bench.messages()).toMatchObject([
    {
      type: 'button',
      button: { payload: 'daily:answer', text: 'Responder agora' },
      context: { id: bench.emulator.sends[0]?.wamid },
    },
  ]);
  await bench.send({ type: 'text', text: { body: 'O que é uma closure?' } });
  await bench.emulator.settle();
  expect(bench.emulator.sends[1]?.outcome).toBe('delivered');
});
