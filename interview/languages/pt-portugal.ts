import type { Phrases } from './en.ts';

/**
 * The templates as they are said in Portugal. Meta approves each spelling of Portuguese on its own, so these are what
 * a learner gets while the Brazilian ones are in review, paused or refused.
 */
export const portugal: {
  readonly templates: Phrases['templates'];
  readonly buttons: Pick<Phrases['buttons'], 'start' | 'notMe' | 'hint' | 'skip' | 'showQuestion'>;
} = {
  templates: {
    welcome:
      'Olá {{first_name}}, este número foi registado em {{business}} para receber uma pergunta de entrevista de {{area}} por dia no WhatsApp. Toque em Começar para confirmar e receber já a primeira pergunta. Se não foi você, toque em Não sou eu e esquecemos este número.',
    dailyQuestion:
      'A sua pergunta de {{area}} de hoje, tal como pediu ao inscrever-se:\n\n{{question}}\n\nResponda aqui mesmo, nesta conversa.',
    dailyTeaser:
      'Olá {{first_name}}, a sua pergunta de {{area}} de hoje está pronta, tal como pediu ao inscrever-se. Toque no botão abaixo para a ler.',
    footer: 'Responda PARAR para terminar',
  },
  buttons: {
    start: 'Começar',
    notMe: 'Não sou eu',
    hint: 'Pista',
    skip: 'Saltar',
    showQuestion: 'Mostrar a pergunta',
  },
};
