import { describe, expect, it } from 'vitest';
import { commandIn } from './command-in.ts';

describe('a message that is a command', () => {
  it.each([
    ['STOP', 'stop'],
    ['stop', 'stop'],
    [' Stop. Thank you ', 'stop'],
    ['Please stop!!!', 'stop'],
    ['stop 🛑', 'stop'],
    ['Stop, please. Thank you very much', 'stop'],
    ['¡Baja, por favor!', 'stop'],
    ['Para ya', 'stop'],
    ['PARAR', 'stop'],
    ['Sair, obrigada', 'stop'],
    ['não quero mais', 'stop'],
    ['Cancelar suscripción', 'stop'],
    ['start', 'start'],
    ['COMEÇAR', 'start'],
    ['Empezar, por favor', 'start'],
    ['help', 'help'],
    ['Ayuda', 'help'],
    ['hint please', 'hint'],
    ['Dame una pista', 'hint'],
    ['pular', 'skip'],
    ['Respuesta modelo', 'answer'],
    ['One more, please', 'more'],
    ['Otra más', 'more'],
    ['Leave me alone!', 'stop'],
    ['No quiero más mensajes', 'stop'],
  ])('%j is %s', (text, command) => {
    expect(commandIn(text)).toBe(command);
  });

  it.each([
    'The loop does not stop until the queue is empty',
    'I would stop when both pointers meet',
    'stop stop stop going on about closures',
    'To start, I would sort the array',
    'Para recorrer la lista uso un bucle',
    'The answer is O(n)',
    'more or less',
    // One word each, and the whole answer to some question.
    'end',
    'pass',
    'next',
    'alto',
    'más',
    'help me understand closures',
    'please',
    'gracias',
    '',
    '   ',
    '🙂',
    `stop ${'please '.repeat(20)}`,
  ])('%j is not', (text) => {
    expect(commandIn(text)).toBeNull();
  });
});
