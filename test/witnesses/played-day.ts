import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  startWorkbench,
  type Workbench,
} from '../../emulator/testing/workbench.ts';

/** Letters, an emoji and slashes that Meta escapes; with them a body has one signature only. */
export const ACCENTS = 'Não sei: e/ou “léxico” 😀 \\ https://example.com/a?b=ç';

const BRUNO = '5521955509876';
const CARLA = '5511955504321';
const DAVI = '5531955507777';

/**
 * Everything that can happen on the phones of four learners in a day, played on the emulator. `together`: what
 * happened is held back and told in batches.
 */
export async function playDay(how: { together: boolean }): Promise<Workbench> {
  const bench = await startWorkbench();
  const { emulator } = bench;
  await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
  await emulator.settle();
  emulator.webhookSwitches.hold = how.together;

  const ana = emulator.phone(ANA, { name: 'Ana Souza' });
  await bench.send({ ...dailyQuestion(), biz_opaque_callback_data: 'out:1' });
  await emulator.settle();
  ana.tap('Responder agora');
  ana.say(ACCENTS);
  ana.say('E mais isto.', { quoting: lastSend(bench) });
  await bench.send({ ...BUTTONS, biz_opaque_callback_data: 'out:2/ç' });
  await bench.send({ ...LIST, context: { message_id: ana.say('menu') } });
  await emulator.settle();
  ana.tap('Pular');
  ana.tap('area:python');
  ana.sendVoice({ withUrl: true });
  ana.sendVoice({ withUrl: false });
  ana.sendImage({ caption: 'Meu código / captura' });
  ana.react('👍', lastSend(bench));
  ana.react(null, lastSend(bench));
  ana.send({ type: 'location', location: { latitude: -23.55, longitude: -46.63 } });
  ana.send({
    type: 'unsupported',
    unsupported: { type: 'edit' },
    errors: [{ code: 131051, title: 'Unknown' }],
  });
  await emulator.settle();
  ana.read();
  await emulator.settle();

  const bruno = emulator.phone(BRUNO, { name: 'Bruno', identity: 'bsuid-only', username: 'bruno.dev' });
  bruno.say('Meu número não aparece');
  await bench.send({ to: undefined, recipient: bruno.bsuid, type: 'text', text: { body: 'Tudo bem' } });
  await emulator.settle();
  bruno.read();

  const carla = emulator.phone(CARLA, { name: 'Carla', identity: 'phone-only' });
  carla.say('Vou trocar de número');
  await emulator.settle();
  emulator.phone(CARLA, { name: 'Carla', identity: 'both' });
  carla.changeNumber('5511955508888');
  carla.say('Cheguei');
  await emulator.settle();

  await bench.send({ to: `+${DAVI}`, type: 'text', text: { body: 'Nobody wrote from there' } });
  emulator.faults.forRecipient(DAVI, 131026);
  await bench.send({ to: `+${DAVI}`, ...dailyQuestion() });
  await emulator.settle();
  emulator.webhookSwitches.batch = 20;
  emulator.webhookSwitches.hold = false;
  await emulator.settle();
  return bench;
}

function lastSend(bench: Workbench): string {
  return bench.emulator.sends.at(-1)?.wamid ?? '';
}

const BUTTONS = {
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Pronta?' },
    action: {
      buttons: [
        { type: 'reply', reply: { id: 'q:42:go', title: 'Começar' } },
        { type: 'reply', reply: { id: 'q:42:skip', title: 'Pular' } },
      ],
    },
  },
};

const LIST = {
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'Escolha a área' },
    action: {
      button: 'Ver áreas',
      sections: [{ title: 'Áreas', rows: [{ id: 'area:python', title: 'Python', description: 'Back-end' }] }],
    },
  },
};
