/**
 * True when an answer speaks to whoever grades it instead of to the question: instructions, wishes for a score, tags
 * that pretend to be another voice. No proof of bad faith, only a reason not to believe the model alone. Narrow on
 * purpose: "the engine ignores the instruction after return" is a good answer.
 */
export function talksToGrader(answer: string): boolean {
  const tagged = answer.normalize('NFKC').replace(INVISIBLE, '');
  if (ROLE_TAGS.some((tag) => tag.test(tagged))) return true;
  const folded = tagged.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');
  return PHRASES.some((phrase) => phrase.test(folded));
}

/** Zero-width characters cut a phrase in two without anybody seeing it. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;

const ROLE_TAGS: readonly RegExp[] = [
  /<\s*\/?\s*(?:system|assistant|developer|instructions?|rubric|grader)\b[^>]*>/i,
  /<\s*\/?\s*answer-[^>]*>/i,
  /<\|[a-z_]+\|>/i,
  /\[\/?INST\]|<<\/?SYS>>/i,
  /^\s*(?:#+\s*)?(?:system|assistant|developer)(?:\s+(?:prompt|message|note))?\s*:/im,
  /"verdict"\s*:\s*"(?:covered|partial|missing|contradicted)"/i,
];

/** Without accents and in lower case, as the text they are matched against. */
const PHRASES: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass) (?:(?:all|any|the|your|my|these|those|of|every|everything|previous|prior|above|earlier) ){1,4}(?:instructions?|prompts?|guidelines?|rubric|grading)\b/,
  /\b(?:ignore|disregard|forget) (?:all |any )?(?:your|previous|prior|the above) (?:rules?|instructions?)\b/,
  /\b(?:ignore|disregard|forget) (?:everything|all|anything)(?: (?:that|which))?(?: (?:is|was|i|you))?(?: (?:said|written|told))? (?:above|before|so far)\b/,
  /\b(?:ignora|ignore|ignorar|ignoren|olvida|olvide|olvidar|omite|desconsidere|esqueca|esquece|desconsidera) (?:(?:todas?|todos?|las?|los?|as|os|tus?|sus?|suas?|estas?|essas?|anteriores) ){1,4}(?:instrucciones|instrucoes|indicaciones|orientacoes|rubrica)\b/,
  /(?<!\b(?:will|would|to|can|could|should|must|does|do|did|not|it|that|this|which|they|you|i) )\b(?:give|grant|award|assign) (?:me|this|it|the answer|this answer)(?: an?| the)? (?:(?:10|ten|100)(?: ?\/ ?10)?(?= (?:points?|marks?|out of|please|for|now)|\W|$)(?! (?!points|marks)[a-z]+s\b)|full (?:marks?|score|points?|credit)|(?:perfect|maximum|max|highest|top) (?:score|marks?|grade|points?))/,
  /\b(?:dame|ponme|deme|pongame|asigname|otorgame|me de|de-me|me atribua) (?:un |una |la |el |um |uma |a |o )?(?:(?:nota )?(?:10|diez|dez|100)(?= (?:puntos|pontos|por favor|de nota)|[^\w ]|$)|(?:maxima|mejor|melhor|maior) (?:nota|puntuacion|calificacion)|(?:nota|puntuacion|calificacion|pontuacao) (?:maxima|perfecta|perfeita|mas alta|10|diez|dez))/,
  /\b(?:mark|grade|rate|judge|count|treat|consider) (?:all|everything|every|each|this answer)(?: of)?(?: the)?(?: concepts?| items?| points?)? as (?:covered|correct|right|complete|perfect)\b/,
  /\b(?:marca|marque|marcar|considera|considere|califica|califique|avalie) (?:todos?|todas?|tudo|todo)(?: (?:los|os|las|as))?(?: (?:conceptos|conceitos|puntos|pontos))? (?:como|por) (?:cubiert[oa]s?|cobert[oa]s?|correct[oa]s?|corret[oa]s?)\b/,
  /\byou are (?:now |no longer )(?:an? |the |my )?(?:grader|assistant|examiner|teacher|evaluator|ai|model|developer|admin)\b/,
  /\b(?:eres|ahora eres|voce e|agora voce e) (?:ahora |agora )?(?:un |una |el |la |um |uma |o |a )?(?:evaluador|asistente|examinador|avaliador|assistente|corretor)\b/,
  /\b(?:system|developer) (?:prompt|message)s?\b.{0,40}\b(?:says?|changed?|updated?|override|overridden|reveal|show|print|repeat)\b/,
  /\b(?:note|message|attention|dear|hey|nota|mensaje|mensagem|atencion|atencao)(?: (?:to|for|para))?(?: (?:the|el|la|al|o|a))? (?:grader|examiner|evaluator|evaluador|avaliador|corretor|calificador)\b/,
  /\bas (?:the|your|an?) (?:grader|examiner|evaluator|administrator|developer), (?:i|you)\b/,
];
