import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PHONE_NUMBER_ID } from '../../emulator/testing/workbench.ts';
import { kapsoTestimony } from './kapso.ts';
import { disagreements, ourTestimony } from './testimony.ts';
import { whatsAppApiJsTestimony } from './whatsapp-api-js.ts';

const FOLDER = new URL('../payloads/whatsapp/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const WAMID = 'wamid.HBgNNTUxMTk1NTUwMTIzNBUCABIYEDNBMDE=';

/** Where a witness reads recorded notifications otherwise than we do, and what it says then. `docs/witnesses.md` judges. */
type Known = { readonly why: string; readonly says: Readonly<Record<string, readonly string[]>> };

const BOTH: readonly Known[] = [
  {
    why: 'takes what stands in `from` for a number, even where it is an id',
    says: {
      'sender-bsuid-inside-from': [
        `message ${WAMID}: from is {"phone":"BR.9f3K2m7Qx1","bsuid":null}, not {"phone":null,"bsuid":"BR.9f3K2m7Qx1"}`,
      ],
    },
  },
  {
    why: 'names somebody who got another id by the new one, where we look for the old one',
    says: {
      'system-id-change': [
        `message ${WAMID}: from is {"phone":null,"bsuid":"BR.77Lq0"}, not {"phone":null,"bsuid":"BR.9f3K2m7Qx1"}`,
      ],
    },
  },
  {
    why: 'does not know that a time may be in milliseconds',
    says: {
      'timestamp-in-milliseconds': [`message ${WAMID}: at is 1795428000123000, not 1795428000123`],
    },
  },
  {
    why: 'does not know the old spelling of audio',
    says: {
      'audio-old-spelling': [
        `message ${WAMID}: what is {"kind":"other","type":"voice"}, not {"kind":"voice","mediaId":"990880770660550","mimeType":"audio/ogg; codecs=opus"}`,
      ],
    },
  },
  {
    why: 'hands on what is no business of ours: groups, a new security code, a message from nobody',
    says: {
      'group-message': [`adds message ${WAMID}`],
      'sender-unreadable': [`adds message ${WAMID}`],
      'status-deleted': ['adds status wamid.Q1 deleted'],
      'status-of-a-group': ['adds status wamid.Q1 delivered'],
      'system-identity-key': [`adds message ${WAMID}`],
    },
  },
];

const KAPSO: readonly Known[] = [
  ...BOTH,
  {
    why: 'leaves it to its caller to ask whose number a notification is about',
    says: { 'other-phone-number': [`adds message ${WAMID}`, 'adds status wamid.Q1 sent'] },
  },
  {
    why: 'checks no shape: what has no content comes through empty',
    says: {
      'audio-too-large': [
        `message ${WAMID}: what is {"kind":"voice","mediaId":"","mimeType":null}, not {"kind":"other","type":"audio"}`,
      ],
      'one-unreadable-among-good': [
        'adds message wamid.A2',
        'adds message undefined',
        'adds status wamid.Q1 undefined',
      ],
      'text-without-content': [`adds message ${WAMID}`],
    },
  },
  {
    why: 'has no label to fall back to where a template button came without a payload',
    says: {
      'template-button-without-payload': [
        `message ${WAMID}: what is {"kind":"tap","payload":"","title":"Não sou eu"}, not {"kind":"tap","payload":"Não sou eu","title":"Não sou eu"}`,
      ],
    },
  },
  {
    why: 'keeps preferences in its raw part only',
    says: {
      'preference-resume': ['misses message preference:BR.9f3K2m7Qx1:resume:1795428200'],
      'preference-stop': ['misses message preference:BR.9f3K2m7Qx1:stop:1795428100'],
    },
  },
];

const WHATSAPP_API_JS: readonly Known[] = [
  ...BOTH,
  {
    why: 'reads the first item of a notification and drops the others, whose sender it takes from the first contact',
    says: {
      'batch-of-many': [
        'misses message wamid.A2',
        'misses message wamid.A3',
        'message wamid.A1: from is {"phone":"5521955509876","bsuid":"BR.77Lq0"}, not {"phone":"5511955501234","bsuid":"BR.9f3K2m7Qx1"}',
        'misses status wamid.Q1 delivered',
        'misses status wamid.Q1 read',
      ],
      'one-unreadable-among-good': [
        'misses message wamid.A3',
        'misses message wamid.A4',
        'misses status wamid.Q1 sent',
      ],
      'statuses-out-of-order': ['misses status wamid.Q1 delivered', 'misses status wamid.Q1 sent'],
    },
  },
  {
    why: 'prefers the spelling of the contact to that of the message',
    says: {
      'sender-other-spelling': [
        `message ${WAMID}: from is {"phone":"551155501234","bsuid":"BR.9f3K2m7Qx1"}, not {"phone":"5511955501234","bsuid":"BR.9f3K2m7Qx1"}`,
      ],
    },
  },
  {
    why: 'leaves it to its caller to ask whose number a notification is about',
    says: { 'other-phone-number': [`adds message ${WAMID}`] },
  },
  {
    why: 'has no label to fall back to where a template button came without a payload',
    says: {
      'template-button-without-payload': [
        `message ${WAMID}: what is {"kind":"tap","title":"Não sou eu"}, not {"kind":"tap","payload":"Não sou eu","title":"Não sou eu"}`,
      ],
    },
  },
  {
    why: 'hands on a message without its content, and whoever reads it falls over',
    says: { 'audio-too-large': ['gives up: TypeError'], 'text-without-content': ['gives up: TypeError'] },
  },
  {
    why: 'falls over whatever is not about messages, so that Meta would send it again for a week',
    says: Object.fromEntries(
      [
        'account-alert',
        'account-banned',
        'account-changed',
        'account-restricted',
        'account-review',
        'business-capability',
        'business-capability-as-tier',
        'nothing-inside',
        'other-object',
        'phone-number-name',
        'phone-number-quality',
        'security-pin-changed',
        'template-approved',
        'template-category-changed',
        'template-category-warning',
        'template-paused',
        'template-quality',
        'template-quality-in-another-field',
        'template-rejected',
        'template-status-without-time',
        'template-unreadable',
        'unused-field',
      ].map((file) => [file, ['gives up: TypeError']]),
    ),
  },
  {
    why: 'refuses fields with the number but without messages, and answers 200 all the same',
    says: {
      'preference-of-another-category': ['gives up: WhatsAppAPIError'],
      'preference-resume': ['gives up: WhatsAppAPIError'],
      'preference-stop': ['gives up: WhatsAppAPIError'],
      'top-level-error': ['gives up: WhatsAppAPIError'],
    },
  },
];

describe('@kapso/whatsapp-cloud-api reads recorded notifications', () => {
  test.each(rowsOf(KAPSO))('%s: %s', (file, _why, says) => {
    const body: unknown = JSON.parse(recorded(file));
    expect(disagreements(ourTestimony(body, PHONE_NUMBER_ID), kapsoTestimony(body))).toEqual(says);
  });

  test('all of which there are', () => expect(wronglyNamed(KAPSO)).toEqual([]));
});

describe('whatsapp-api-js reads recorded notifications', () => {
  test.each(rowsOf(WHATSAPP_API_JS))('%s: %s', async (file, _why, says) => {
    const raw = recorded(file);
    const theirs = await whatsAppApiJsTestimony(raw, `sha256=${SIGNATURES.get(`${file}.json`)}`);
    const ours = ourTestimony(JSON.parse(raw), PHONE_NUMBER_ID);
    expect('gaveUp' in theirs ? [`gives up: ${theirs.gaveUp}`] : disagreements(ours, theirs)).toEqual(says);
  });

  test('all of which there are', () => expect(wronglyNamed(WHATSAPP_API_JS)).toEqual([]));
});

/** Every file there is, with what the witness is known to say otherwise; mostly nothing. */
function rowsOf(known: readonly Known[]): [file: string, why: string, says: readonly string[]][] {
  return FILES.map((name) => name.replace('.json', '')).map((file) => {
    const group = known.find(({ says }) => says[file] !== undefined);
    return [file, group?.why ?? 'as we do', group?.says[file] ?? []];
  });
}

/** The files of a table that are not there, or there twice. */
function wronglyNamed(known: readonly Known[]): string[] {
  const named = known.flatMap(({ says }) => Object.keys(says));
  return named.filter((file, at) => !FILES.includes(`${file}.json`) || named.indexOf(file) !== at);
}

function recorded(file: string): string {
  return readFileSync(new URL(`${file}.json`, FOLDER)).toString('latin1');
}

const SIGNATURES = new Map(
  readFileSync(new URL('signatures.txt', FOLDER), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
    .map(([signature = '', file = '']) => [file, signature]),
);
