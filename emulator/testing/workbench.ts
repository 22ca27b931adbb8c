import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';

export const PHONE_NUMBER_ID = '220330440550660';
export const ACCOUNT_ID = '110220330440550';
export const APP_ID = '330440550660770';
export const TOKEN = 'EAAEMULATORTOKEN';
export const APP_SECRET = 'emulator-app-secret';
export const VERIFY_TOKEN = 'emulator-verify-token';
export const APP_TOKEN = `${APP_ID}|${APP_SECRET}`;
const BUSINESS_NUMBER = '15550100200';
export const ANA = '5511955501234';

/** One notification as it came in: the bytes, and what they were signed with. */
type Received = {
  readonly raw: string;
  readonly signature: string | undefined;
  readonly json: JsonObject;
};

type GraphReply = { readonly status: number; readonly json: JsonObject };

export type Workbench = {
  readonly emulator: Emulator;
  readonly url: string;
  readonly webhookUrl: string;
  readonly received: readonly Received[];
  /** What the receiver answers from now on. */
  answerWith(status: number): void;
  now(): number;
  moveClock(byMs: number): void;
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<GraphReply>;
  /** A send with the fields that every one has. */
  send(message: JsonObject): Promise<GraphReply>;
  statuses(): JsonObject[];
  messages(): JsonObject[];
  /** The values that came under a field. */
  news(field: string): JsonObject[];
  close(): Promise<void>;
};

/** An emulator with a clock moved by hand, and a service that keeps what it is told. */
export async function startWorkbench(options: Partial<EmulatorOptions> = {}): Promise<Workbench> {
  let now = Date.parse('2026-11-23T12:00:00Z');
  let answerStatus = 200;
  const received: Received[] = [];

  const receiver = createServer((request, response) => {
    const challenge = new URL(request.url ?? '/', 'http://localhost').searchParams;
    if (request.method === 'GET') {
      const right =
        challenge.get('hub.mode') === 'subscribe' && challenge.get('hub.verify_token') === VERIFY_TOKEN;
      response.writeHead(right ? 200 : 403).end(right ? challenge.get('hub.challenge') : '');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('latin1');
      if (answerStatus === 200) {
        received.push({
          raw,
          signature: String(request.headers['x-hub-signature-256']),
          json: JSON.parse(raw),
        });
      }
      response.writeHead(answerStatus).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const webhookUrl = `http://127.0.0.1:${portOf(receiver.address())}/webhooks/whatsapp`;

  const emulator = createEmulator({
    port: 0,
    token: TOKEN,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: ACCOUNT_ID,
    appId: APP_ID,
    businessNumber: BUSINESS_NUMBER,
    businessName: 'Interview Bot',
    webhookUrl,
    registrationUrl: 'http://localhost:3000',
    pageRoot: null,
    now: () => now,
    onClockMove: (byMs) => {
      now += byMs;
    },
    seed: 7,
    automatic: { deliver: true, read: false, delaysMs: { sent: 0, delivered: 0, read: 0 } },
    ...options,
  });
  const { url } = await emulator.start();

  async function call(
    method: string,
    path: string,
    body?: unknown,
    token: string | null = TOKEN,
  ): Promise<GraphReply> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json: unknown = await answer.json();
    return { status: answer.status, json: isJsonObject(json) ? json : {} };
  }

  return {
    emulator,
    url,
    webhookUrl,
    received,
    answerWith: (status) => {
      answerStatus = status;
    },
    now: () => now,
    moveClock: (byMs) => {
      now += byMs;
    },
    call,
    send: (message) =>
      call('POST', `/v25.0/${PHONE_NUMBER_ID}/messages`, {
        messaging_product: 'whatsapp',
        to: `+${ANA}`,
        ...message,
      }),
    statuses: () => itemsOf(received, 'statuses'),
    messages: () => itemsOf(received, 'messages'),
    news: (field) =>
      changesOf(received)
        .filter((change) => change.field === field)
        .map((change) => (isJsonObject(change.value) ? change.value : {})),
    async close() {
      await emulator.close();
      receiver.closeAllConnections();
      await new Promise((closed) => receiver.close(closed));
    },
  };
}

/** A template as it is submitted, with named parameters and two quick replies. */
export const DAILY_QUESTION = {
  name: 'daily_question_v1',
  language: 'pt_BR',
  category: 'UTILITY',
  parameter_format: 'named',
  message_send_ttl_seconds: 43_200,
  components: [
    {
      type: 'BODY',
      text: 'Olá, {{first_name}}. Sua pergunta diária de {{area}}, que você assinou, está pronta.',
      example: {
        body_text_named_params: [
          { param_name: 'first_name', example: 'Ana' },
          { param_name: 'area', example: 'JavaScript' },
        ],
      },
    },
    { type: 'FOOTER', text: 'Responda PARAR para cancelar' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Responder agora' },
        { type: 'QUICK_REPLY', text: 'Pausar' },
      ],
    },
  ],
};

/** The send that fits it. */
export function dailyQuestion(changes: { components?: unknown; language?: string } = {}): JsonObject {
  return {
    type: 'template',
    template: {
      name: 'daily_question_v1',
      language: { code: changes.language ?? 'pt_BR' },
      components: changes.components ?? [
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'first_name', text: 'Ana' },
            { type: 'text', parameter_name: 'area', text: 'JavaScript' },
          ],
        },
        quickReply('0', 'daily:answer'),
        quickReply('1', 'daily:pause'),
      ],
    },
  };
}

export function quickReply(index: string, payload: string): JsonObject {
  return { type: 'button', sub_type: 'quick_reply', index, parameters: [{ type: 'payload', payload }] };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

function itemsOf(received: readonly Received[], key: 'messages' | 'statuses'): JsonObject[] {
  return changesOf(received).flatMap((change) => lists(isJsonObject(change.value) ? change.value[key] : []));
}

function changesOf(received: readonly Received[]): JsonObject[] {
  return received.flatMap(({ json }) => lists(json.entry)).flatMap((entry) => lists(entry.changes));
}

function lists(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
