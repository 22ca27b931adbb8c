import { createHash } from 'node:crypto';
import {
  buildTemplateSendPayload,
  GraphApiError,
  TemplateDefinition,
  type WhatsAppClient,
} from '@kapso/whatsapp-cloud-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isJsonObject } from '../../emulator/json-object.ts';
import { voiceNote } from '../../emulator/media/voice-note.ts';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  PHONE_NUMBER_ID,
  startWorkbench,
  type Workbench,
} from '../../emulator/testing/workbench.ts';
import { allTemplates } from '../../interview/templates.ts';
import { templateBody } from '../../server/channels/whatsapp/submit-template.ts';
import { asKapsoWrites, kapsoAt } from './kapso.ts';

let bench: Workbench;
let kapso: WhatsAppClient;
beforeEach(async () => {
  bench = await startWorkbench();
  kapso = kapsoAt(bench.url);
});
afterEach(() => bench.close());

const TO_ANA = { phoneNumberId: PHONE_NUMBER_ID, to: `+${ANA}` };
const ACCEPTED = {
  messagingProduct: 'whatsapp',
  contacts: [{ input: `+${ANA}`, waId: ANA }],
  messages: [{ id: expect.stringMatching(/^wamid\./) }],
};

const ana = () => bench.emulator.phone(ANA, { name: 'Ana' });
const lastSend = () => bench.emulator.sends.at(-1);

describe('Kapso sends', () => {
  beforeEach(() => {
    ana().say('oi');
  });

  test('a text that quotes, with data of ours that comes back in the status', async () => {
    const contextMessageId = ana().say('uma resposta');
    const answer = await kapso.messages.sendText({
      ...TO_ANA,
      body: 'Nota: 7/10 – não é léxico',
      contextMessageId,
      bizOpaqueCallbackData: 'out:1',
    });
    expect(answer).toEqual(ACCEPTED);
    expect(lastSend()).toMatchObject({
      wamid: answer.messages[0]?.id,
      to: ANA,
      type: 'text',
      callbackData: 'out:1',
    });
    expect(ana().messages.at(-1)).toMatchObject({
      text: 'Nota: 7/10 – não é léxico',
      quoting: contextMessageId,
    });
    await bench.emulator.settle();
    expect(bench.statuses()[0]).toMatchObject({ status: 'sent', biz_opaque_callback_data: 'out:1' });
  });

  test('a text to somebody who shows no number', async () => {
    const { bsuid } = ana();
    const answer = await kapso.messages.sendText({
      phoneNumberId: PHONE_NUMBER_ID,
      recipient: bsuid,
      body: 'Oi',
    });
    expect(answer.contacts).toEqual([{ input: bsuid, userId: bsuid }]);
    expect(lastSend()).toMatchObject({ bsuid, body: { recipient: bsuid } });
  });

  test('reply buttons and a list, which can be tapped', async () => {
    await kapso.messages.sendInteractiveButtons({
      ...TO_ANA,
      bodyText: 'Pronta?',
      footerText: 'PARAR para sair',
      buttons: [
        { id: 'q:42:go', title: 'Começar' },
        { id: 'q:42:skip', title: 'Pular hoje' },
      ],
    });
    const list = await kapso.messages.sendInteractiveList({
      ...TO_ANA,
      bodyText: 'Escolha a área',
      buttonText: 'Ver áreas',
      sections: [{ title: 'Áreas', rows: [{ id: 'area:python', title: 'Python', description: 'Back-end' }] }],
    });
    expect(list).toEqual(ACCEPTED);
    ana().tap('Pular hoje');
    ana().tap('Python');
    await bench.emulator.settle();
    expect(bench.messages().slice(-2)).toMatchObject([
      { interactive: { button_reply: { id: 'q:42:skip', title: 'Pular hoje' } } },
      { interactive: { list_reply: { id: 'area:python', title: 'Python', description: 'Back-end' } } },
    ]);
  });

  test('a reaction, and takes it back only with an empty emoji', async () => {
    const messageId = ana().say('uma resposta');
    expect(await kapso.messages.sendReaction({ ...TO_ANA, reaction: { messageId, emoji: '👍' } })).toEqual(
      ACCEPTED,
    );
    expect(lastSend()?.body.reaction).toEqual({ message_id: messageId, emoji: '👍' });
    expect(await kapso.messages.sendReaction({ ...TO_ANA, reaction: { messageId, emoji: '' } })).toEqual(
      ACCEPTED,
    );
    const without = await refusalOf(kapso.messages.sendReaction({ ...TO_ANA, reaction: { messageId } }));
    expect(without).toMatchObject({ code: 131008 });
  });

  test('no reaction that is put together of many, though Meta takes any emoji', async () => {
    const messageId = ana().say('uma resposta');
    const call = kapso.messages.sendReaction({ ...TO_ANA, reaction: { messageId, emoji: '👨‍👩‍👧‍👦' } });
    await expect(call).rejects.toThrow('Too big');
    expect(
      await bench.send({ type: 'reaction', reaction: { message_id: messageId, emoji: '👨‍👩‍👧‍👦' } }),
    ).toMatchObject({
      status: 200,
    });
  });

  test('ticks and the typing indicator', async () => {
    const messageId = ana().say('uma resposta');
    const typingIndicator = { type: 'text' as const };
    const answer = await kapso.messages.markRead({
      phoneNumberId: PHONE_NUMBER_ID,
      messageId,
      typingIndicator,
    });
    expect(answer).toEqual({ success: true });
    expect(ana().messages.at(-1)?.status).toBe('read');
    expect(ana().typingUntil).toBe(bench.now() + 25_000);
  });

  test('a voice note that it uploaded', async () => {
    const { id } = await kapso.media.upload({
      phoneNumberId: PHONE_NUMBER_ID,
      type: 'audio/ogg',
      file: new Blob([new Uint8Array(voiceNote({ seconds: 2 }))], { type: 'audio/ogg' }),
      fileName: 'feedback.ogg',
    });
    expect(await kapso.messages.sendAudio({ ...TO_ANA, audio: { id, voice: true } })).toEqual(ACCEPTED);
    expect(lastSend()).toMatchObject({ type: 'audio', body: { audio: { id, voice: true } } });
  });

  test('no upload whose part does not say what it is, whatever the form says beside it', async () => {
    const file = new Uint8Array(voiceNote({ seconds: 2 })).buffer;
    const upload = kapso.media.upload({ phoneNumberId: PHONE_NUMBER_ID, type: 'audio/ogg', file });
    expect(await refusalOf(upload)).toMatchObject({
      code: 100,
      message: expect.stringContaining('octet-stream'),
    });
  });
});

describe('Kapso fetches what a learner said', () => {
  test('by the id, when it is told to show the token', async () => {
    const bytes = voiceNote({ seconds: 3 });
    ana().sendVoice({ bytes });
    await bench.emulator.settle();
    const mediaId = announcedMediaId();
    const about = await kapso.media.get({ mediaId, phoneNumberId: PHONE_NUMBER_ID });
    expect(about).toMatchObject({
      id: mediaId,
      mimeType: 'audio/ogg; codecs=opus',
      fileSize: String(bytes.length),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const got = await kapso.media.download({ mediaId, auth: 'always' });
    expect(Buffer.from(got as ArrayBuffer)).toEqual(bytes);
    expect(await kapso.media.delete({ mediaId })).toEqual({ success: true });
  });

  test('not by itself: to hosts other than its own it sends no token', async () => {
    ana().sendVoice();
    await bench.emulator.settle();
    const mediaId = announcedMediaId();
    const answer = await kapso.media.download({ mediaId, as: 'response' });
    expect((answer as Response).status).toBe(401);
  });
});

describe('templates through Kapso', () => {
  test('are submitted, listed, sent with named parameters and payloads, and deleted', async () => {
    const created = await kapso.templates.create({
      businessAccountId: ACCOUNT_ID,
      ...asKapsoWrites(DAILY_QUESTION),
    });
    expect(created).toEqual({ id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' });
    await bench.emulator.settle();
    const listed = await kapso.templates.list({ businessAccountId: ACCOUNT_ID, name: 'daily_question_v1' });
    expect(listed.data).toMatchObject([{ id: created.id, status: 'APPROVED', language: 'pt_BR' }]);

    const template = buildTemplateSendPayload({
      name: 'daily_question_v1',
      language: 'pt_BR',
      body: [
        { type: 'text', parameterName: 'first_name', text: 'Ana' },
        { type: 'text', parameterName: 'area', text: 'JavaScript' },
      ],
      buttons: ['daily:answer', 'daily:pause'].map((payload, index) => ({
        type: 'button' as const,
        subType: 'quick_reply' as const,
        index,
        parameters: [{ type: 'payload' as const, payload }],
      })),
    });
    const answer = await kapso.messages.sendTemplate({
      ...TO_ANA,
      // What one half of the client builds does not fit the types of the other.
      template: {
        ...template,
        components: (template.components ?? []).map((component) => ({ ...component })),
      },
    });
    expect(answer.messages).toEqual([{ id: expect.any(String), messageStatus: 'accepted' }]);
    expect(ana().messages.at(-1)).toMatchObject({
      text: 'Olá, Ana. Sua pergunta diária de JavaScript, que você assinou, está pronta.',
      template: 'daily_question_v1',
    });
    ana().tap('Responder agora');
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ type: 'button', button: { payload: 'daily:answer' } }]);

    const gone = await kapso.templates.delete({ businessAccountId: ACCOUNT_ID, name: 'daily_question_v1' });
    expect(gone).toEqual({ success: true });
    expect((await kapso.templates.list({ businessAccountId: ACCOUNT_ID })).data).toEqual([]);
  });

  test('lose their time to live on the way to Meta', async () => {
    await kapso.templates.create({ businessAccountId: ACCOUNT_ID, ...asKapsoWrites(DAILY_QUESTION) });
    const listed = await bench.call(
      'GET',
      `/v25.0/${ACCOUNT_ID}/message_templates?fields=message_send_ttl_seconds`,
    );
    expect(listed.json.data).toMatchObject([{ message_send_ttl_seconds: -1 }]);
  });

  test('are looked up at an address that Graph does not have', async () => {
    const { id: templateId } = await kapso.templates.create({
      businessAccountId: ACCOUNT_ID,
      ...asKapsoWrites(DAILY_QUESTION),
    });
    const refusal = await refusalOf(kapso.templates.get({ businessAccountId: ACCOUNT_ID, templateId }));
    expect(refusal).toMatchObject({
      code: 2500,
      message: expect.stringContaining('Unknown path components'),
    });
  });

  test.each(allTemplates().map((it) => [it.name, it.languageCode, it] as const))(
    'pass its own check before Meta’s: our %s in %s',
    (_name, _language, text) => {
      const definition = asKapsoWrites(templateBody({ ...text, category: 'UTILITY' }));
      expect(TemplateDefinition.buildTemplateDefinition(definition as never)).toEqual(definition);
    },
  );
});

describe('the number through Kapso', () => {
  test('is registered', async () => {
    const answer = await kapso.phoneNumbers.register({ phoneNumberId: PHONE_NUMBER_ID, pin: '123456' });
    expect(answer).toEqual({ success: true });
  });

  test('shows the profile that was written', async () => {
    const { businessProfile } = kapso.phoneNumbers;
    const number = { phoneNumberId: PHONE_NUMBER_ID };
    await businessProfile.update({ ...number, about: 'One question a day', email: 'help@bot.test' });
    expect(await businessProfile.get({ ...number, fields: 'about,email' })).toMatchObject({
      data: [{ about: 'One question a day', email: 'help@bot.test' }],
    });
  });

  test('has no settings here, and says so as Graph does', async () => {
    const settings = kapso.phoneNumbers.settings.get({ phoneNumberId: PHONE_NUMBER_ID });
    expect(await refusalOf(settings)).toMatchObject({ code: 100, errorSubcode: 33 });
  });
});

describe('Kapso tells of a refusal', () => {
  const text = { ...TO_ANA, body: 'Oi' };
  const template = (name: string, components: { type: string }[] = []) => ({
    ...TO_ANA,
    template: { name, language: { code: 'pt_BR' }, components },
  });

  test('131047, in the answer: the window is closed, and it must not try again', async () => {
    bench.emulator.faults.next(1, { code: 131047 });
    expect(await refusalOf(kapso.messages.sendText(text))).toMatchObject({
      code: 131047,
      httpStatus: 400,
      category: 'reengagementWindow',
      retry: { action: 'do_not_retry' },
    });
  });

  test('131056: this learner must wait', async () => {
    bench.emulator.faults.next(1, { code: 131056 });
    const refusal = await refusalOf(kapso.messages.sendText(text));
    expect(refusal).toMatchObject({ code: 131056, httpStatus: 400, retry: { action: 'retry_after' } });
    expect(refusal.isRateLimit()).toBe(true);
    expect(refusal.errorData).toMatchObject({ messagingProduct: 'whatsapp', details: expect.any(String) });
    expect(refusal.fbtraceId).toMatch(/^A\w{22}$/);
  });

  test('190: the token is not good', async () => {
    const refusal = await refusalOf(kapsoAt(bench.url, { accessToken: 'expired' }).messages.sendText(text));
    expect(refusal).toMatchObject({
      code: 190,
      httpStatus: 401,
      type: 'OAuthException',
      category: 'authorization',
    });
    expect(refusal.requiresTokenRefresh()).toBe(true);
  });

  test('132000 and 132001: the template has other parameters, or is not there', async () => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    const parameters = await refusalOf(kapso.messages.sendTemplate(template('daily_question_v1')));
    expect(parameters).toMatchObject({ code: 132000, httpStatus: 400, category: 'template' });
    const missing = await refusalOf(kapso.messages.sendTemplate(template('daily_question_v2')));
    expect(missing).toMatchObject({ code: 132001, httpStatus: 404, category: 'template' });
    expect(missing.details).toContain('daily_question_v2');
  });

  test('a wrong id in the path, by its subcode', async () => {
    const refusal = await refusalOf(kapso.messages.sendText({ ...text, phoneNumberId: '999' }));
    expect(refusal).toMatchObject({ code: 100, errorSubcode: 33, type: 'GraphMethodException' });
  });

  test('a page of a proxy, as something to try again', async () => {
    bench.emulator.faults.next(1, 'html-502');
    const refusal = await refusalOf(kapso.messages.sendText(text));
    expect(refusal).toMatchObject({ httpStatus: 502, category: 'server', retry: { action: 'retry' } });
  });
});

function announcedMediaId(): string {
  const audio = bench.messages()[0]?.audio;
  return isJsonObject(audio) ? String(audio.id) : '';
}

async function refusalOf(call: Promise<unknown>): Promise<GraphApiError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GraphApiError) return error;
    throw error;
  }
  throw new Error('the call was accepted');
}
