/**
 * True when a model's sentence holds what only we may say or nobody should: a link or an address, a telephone number,
 * a score or a percentage (it reads like one). Arithmetic, big numbers, versions and method calls are none of these.
 */
export function isUnsendable(sentence: string): boolean {
  const bare = sentence.normalize('NFKC').replace(/[*_~`]/g, '');
  return [...ADDRESSES, ...SCORES].some((it) => it.test(bare)) || hasPhone(bare);
}

const ADDRESSES: readonly RegExp[] = [
  /\b[a-z][a-z\d+-]*:\/\/\S/i,
  /\bwww\.\S/i,
  /\b[\w-]+\.(?:com|org|net|info|edu|gov)\b(?!\s*\()/i,
  // Endings that are also names in code (`socket.io`) only count with a path behind them.
  /\b[\w-]+\.(?:io|me|ly|gg|app|dev|co|ai|to|br|es|mx|pt)\/\w/i,
  /[\w.+-]+@[\w-]+\.[\w.-]+/,
];

const TENS = '(?:10|100|ten|a hundred|one hundred|diez|cien|dez|cem)';
const AMOUNT = String.raw`(?:(?<!\d|\d[.,])\d+(?:[.,]\d+)?|(?<!\p{L})(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|um|dois|três|quatro|sete|oito|nove|dez))`;

const SCORES: readonly RegExp[] = [
  new RegExp(String.raw`${AMOUNT}\s*[/⁄∕]\s*${TENS}(?!\d|\.\d)`, 'iu'),
  new RegExp(String.raw`${AMOUNT}\s+(?:out of|of|over|de|sobre|em)\s+${TENS}(?![\p{L}\d])`, 'iu'),
  /(?<![\p{L}\d.])\d+(?:[.,]\d+)?\s*(?:points?|puntos?|pontos?)(?!\p{L})/iu,
  /(?<!\p{L})(?:score|grade|nota|puntuación|puntaje|calificación|pontuação)(?:\s+(?:is|was|of|es|é|de|fue|foi|final|would be|sería|seria))*\s*[:=]?\s*\d/iu,
  // With a space before it, a sign followed by another operand is the modulo operator.
  /\d%(?!\d)|\d\s%(?!\s?(?:\d|\w\b))/,
  /\d\s*(?:percent|per cent|por ciento|por cento)(?!\p{L})/iu,
];

function hasPhone(sentence: string): boolean {
  return PHONES.some(({ shape, fewestDigits }) =>
    [...sentence.matchAll(shape)].some((match) => match[0].replace(/\D/g, '').length >= fewestDigits),
  );
}

/** Nine digits in groups are more often a number of operations than of a person; 16 in a row are the largest safe integer. */
const PHONES: readonly { readonly shape: RegExp; readonly fewestDigits: number }[] = [
  { shape: /\+\d[\d\s().-]{6,}\d/g, fewestDigits: 8 },
  { shape: /(?<!\d[\s.-]?)\(?\d{2,4}\)?[\s.-]?\d{3,5}[\s.-]\d{3,4}(?![\s.-]?\d)/g, fewestDigits: 10 },
  { shape: /(?<!\d)\d{11,15}(?!\d)/g, fewestDigits: 11 },
];
