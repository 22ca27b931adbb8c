import type { Phrases } from './en.ts';

/** Every sentence the bot says in Portuguese. */
export const pt: Phrases = {
  name: 'Português',
  areas: {
    javascript: 'JavaScript',
    python: 'Python',
    ruby: 'Ruby',
    dsa: 'Estruturas de dados e algoritmos',
  },

  commandWords: {
    stop: [
      'parar',
      'pare',
      'para',
      'sair',
      'cancelar',
      'descadastrar',
      'encerrar',
      'chega',
      'cancelar inscricao',
      'nao quero mais',
      'nao quero mais receber',
      'nao quero mais mensagens',
      'quero sair',
      'me descadastre',
      'pare de mandar mensagens',
      'para de me mandar mensagem',
      'parar mensagens',
    ],
    start: ['comecar', 'iniciar', 'voltar', 'retomar', 'quero voltar', 'inscrever'],
    help: ['ajuda', 'informacao', 'comandos', 'suporte', 'contato', 'humano', 'atendente'],
    hint: ['dica', 'me da uma dica', 'uma dica'],
    skip: ['pular', 'pular hoje', 'passo', 'pular pergunta'],
    answer: ['resposta', 'resposta modelo', 'ver resposta', 'solucao', 'gabarito'],
    more: ['mais', 'outra', 'mais uma', 'outra pergunta', 'proxima', 'mais perguntas'],
  },
  politeWords: [
    'por favor',
    'otimo',
    'perfeito',
    'beleza',
    'bom dia',
    'obrigado',
    'obrigada',
    'muito obrigado',
    'muito obrigada',
    'agora',
    'oi',
    'ola',
    'ok',
    'valeu',
  ],
  dontKnow: [
    'nao sei',
    'eu nao sei',
    'nao faco ideia',
    'sei la',
    'nao tenho certeza',
    'nao lembro',
    'nao me lembro',
    'esqueci',
    'nao sei dizer',
    'desisto',
    'nem ideia',
    'nao tenho ideia',
    'nao sei nao',
    'sei nao',
    'nao faco a minima ideia',
    'nao faco a menor ideia',
    'nao tenho a minima ideia',
    'nao sei responder',
  ],
  hesitations: [
    'hum',
    'eh',
    'ah',
    'bom',
    'bem',
    'entao',
    'olha',
    'na verdade',
    'sinceramente',
    'desculpa',
    'desculpe',
    'foi mal',
  ],

  buttons: {
    start: 'Começar',
    notMe: 'Não sou eu',
    hint: 'Dica',
    skip: 'Pular',
    showQuestion: 'Ver a pergunta',
    modelAnswer: 'Resposta modelo',
    more: 'Mais uma',
  },

  templates: {
    welcome:
      'Olá {{first_name}}, este número foi cadastrado no {{business}} para receber uma pergunta de entrevista de {{area}} por dia no WhatsApp. Toque em Começar para confirmar e receber agora a primeira pergunta. Se não foi você, toque em Não sou eu e esquecemos este número.',
    dailyQuestion:
      'Sua pergunta de {{area}} de hoje, como você pediu ao se inscrever:\n\n{{question}}\n\nResponda aqui mesmo, nesta conversa.',
    dailyTeaser:
      'Olá {{first_name}}, sua pergunta de {{area}} de hoje está pronta, como você pediu ao se inscrever. Toque no botão abaixo para ler.',
    footer: 'Responda PARAR para encerrar',
  },

  confirmRegistration: (it) =>
    `Olá, ${it.name}! Confirme, por favor: uma pergunta de *${it.area}* por dia às ${it.time}, aqui nesta conversa.`,
  greeting: (it) =>
    `Tudo certo, ${it.name}! Uma pergunta por dia às ${it.time}. Responda PARAR quando quiser encerrar, AJUDA se precisar de ajuda. Aqui vai a primeira:`,
  preferencesSaved: (it) => `Salvo: *${it.area}*. Sua próxima pergunta chega ${it.next}.`,
  questionTitle: (it) => `*${it.area}*`,

  stopped: 'Pronto: não enviaremos mais mensagens. Se mudar de ideia, responda COMEÇAR.',
  resumed: (it) =>
    `Que bom ter você de volta! Sua próxima pergunta chega ${it.next}. Responda MAIS se quiser uma agora.`,
  alreadyActive: (it) => `Sua inscrição já está ativa. Sua próxima pergunta chega ${it.next}.`,
  notMe: 'Desculpe o incômodo. Apagamos este número e não enviaremos mais mensagens.',
  notMeKept: 'Obrigado. O novo pedido foi descartado e tudo fica como estava.',
  pleaseConfirm:
    'Para começar, toque em Começar. Se você não se cadastrou aqui, toque em Não sou eu e esquecemos este número.',
  codeUnknown: (it) => `Esse código já foi usado ou venceu. Cadastre-se de novo aqui: ${it.url}`,

  help: (it) =>
    [
      `*${it.business}*: uma pergunta de entrevista por dia. Responda aqui com as suas palavras e receba um retorno em segundos.`,
      '',
      '*DICA* uma ajudinha · *PULAR* pular a de hoje · *RESPOSTA* uma resposta modelo · *MAIS* outra pergunta · *PARAR* encerrar, *COMEÇAR* voltar',
      ...(it.contact === null ? [] : ['', `Para falar com uma pessoa: ${it.contact}`]),
    ].join('\n'),

  hint: (it) => `💡 ${it.hint}`,
  skipped: 'Pergunta pulada. Amanhã tem uma nova.',
  modelAnswer: (it) => `*Resposta modelo*\n${it.text}`,
  nothingOpen: (it) => `Não há nenhuma pergunta aberta agora. A próxima chega ${it.next}.`,
  noMoreToday: (it) => `Já foi bastante por um dia. A próxima pergunta chega ${it.next}.`,
  dayComplete: (it) =>
    `Por enquanto é só. Sua próxima pergunta chega ${it.next}. Quer outra agora? Responda MAIS.`,
  voiceNotYet:
    'Ainda não consigo ouvir mensagens de voz. Escreva sua resposta, por favor: algumas frases bastam.',
  textOnly: 'Só consigo ler texto. Escreva sua resposta, por favor: algumas frases bastam.',
  editNotSeen: 'Não consigo ver edições. Envie o texto corrigido em uma nova mensagem, por favor.',
  mediaLost: 'Esse arquivo não chegou até mim. Envie de novo, por favor, ou escreva sua resposta.',
  questionGone: (it) => `Isso é de uma pergunta que já não tenho. Sua próxima pergunta chega ${it.next}.`,
  questionClosed: (it) => `Essa pergunta já está encerrada. Sua próxima pergunta chega ${it.next}.`,
  /** To somebody who is not registered. */
  stranger: (it) =>
    [
      `Olá! *${it.business}* envia uma pergunta de entrevista por dia aqui no WhatsApp. Você ainda não está na lista; para se cadastrar: ${it.url}`,
      ...(it.contact === null ? [] : ['', `Para falar com uma pessoa: ${it.contact}`]),
    ].join('\n'),

  feedback: {
    score: (it) => `*Nota: ${it.score}/10*`,
    bands: {
      strong: '*Ótima resposta*',
      good: '*Boa resposta, ainda incompleta*',
      partial: '*É um começo: uma parte está aí*',
      starting: '*Não encontrei nela as ideias principais*',
    },
    regraded: 'Um segundo olhar, mais atento, para a sua resposta:',
    right: '✅ *Você disse*',
    half: '🟡 *Pela metade*',
    missing: '➕ *Faltou*',
    wrong: '⚠️ *Reveja: você disse o contrário*',
    quoted: (it) => `“${it.quote}”`,
    nextStep: (it) => `👉 *Próximo passo:* ${it.step}`,
    explainMissing: (it) => `explique com as suas palavras: ${it.concept}.`,
    goDeeper: 'diga de novo em voz alta, em menos de um minuto, com um exemplo seu.',
    offlineNote:
      '_Uma checagem rápida pelas ideias principais; pode deixar passar o que você disse com outras palavras._',
    cut: '_Sua resposta era muito longa: só a primeira parte foi lida._',
    offTopic: '_Isto não parece ser sobre a pergunta._',
    taught: 'Sem problema, é para isso que estamos aqui. Uma boa resposta seria:',
  },

  page: {
    title: (it) => `${it.business}: uma pergunta de entrevista por dia no WhatsApp`,
    headline: 'Uma pergunta de entrevista por dia, no WhatsApp',
    lead: 'Responda com as suas palavras. Em segundos você lê o que acertou, o que faltou e qual é o próximo passo.',
    promises: [
      'Poucos minutos por dia, na hora que você escolher',
      'Uma nota explicada ponto por ponto',
      'Uma palavra, PARAR, encerra na hora',
    ],
    languages: 'Idioma desta página',

    preview: {
      caption: 'Um exemplo da conversa',
      question: 'O que é uma closure em JavaScript e para que você usaria uma?',
      answer: 'Uma função que lembra as variáveis em volta dela, mesmo depois que a função externa terminou.',
      keeps: 'A função mantém o acesso às variáveis externas',
      keepsQuote: 'lembra as variáveis em volta dela',
      survives: 'Essas variáveis continuam vivas depois',
      survivesQuote: 'mesmo depois que a função externa terminou',
      use: 'Um uso típico: estado privado, como um contador',
      step: 'escreva um contador cujo valor ninguém mais consiga mudar.',
    },

    form: {
      title: 'Cadastre-se',
      name: 'Seu nome',
      country: 'País',
      countryNone: 'Digito o código com +',
      number: 'Número do WhatsApp',
      numberHint: 'Escolha o seu país, ou comece com + e o código do país: +55\u00a011\u00a095550\u20111234.',
      language: 'Idioma das perguntas',
      area: 'O que você quer treinar?',
      zone: 'Seu fuso horário',
      zoneOfCountry: 'O do país do meu número',
      zoneHint: 'Se o seu país tem vários, escolha uma cidade com o mesmo horário que o seu.',
      zoneNow: (it) => `Lá agora são ${it.time}.`,
      time: 'Todo dia às',
      submit: 'Fazer meu cadastro',
      afterwards: 'As perguntas só começam quando você confirma no WhatsApp que o número é seu.',
    },
    regions: {
      Africa: 'África',
      America: 'América',
      Antarctica: 'Antártida',
      Arctic: 'Ártico',
      Asia: 'Ásia',
      Atlantic: 'Atlântico',
      Australia: 'Austrália',
      Europe: 'Europa',
      Indian: 'Oceano Índico',
      Pacific: 'Pacífico',
    },

    consent: (it) =>
      `Concordo que ${it.business} me escreva no WhatsApp: uma pergunta técnica de entrevista por dia e respostas ao que eu escrever. Um serviço de IA processa as minhas respostas para me dar um retorno. Posso encerrar a qualquer momento respondendo PARAR.`,
    erasure: (it) =>
      it.contact === null
        ? 'Trinta dias depois de PARAR, todos os seus dados pessoais são apagados.'
        : `Trinta dias depois de PARAR, todos os seus dados pessoais são apagados. Para que sejam apagados na hora, escreva para ${it.contact}.`,

    problemsTitle: (it) =>
      it.count === 1 ? 'Há uma coisa para corrigir' : `Há ${it.count} coisas para corrigir`,
    problems: {
      nameMissing: 'Diga o seu nome, por favor.',
      nameTooLong: 'Encurte o seu nome para 80 caracteres, por favor.',
      nameUnreadable: 'O seu nome tem caracteres que não podem ser mostrados. Digite-o à mão, por favor.',
      nameHasLink: 'Escreva o seu nome sem links nem endereços de e-mail, por favor.',
      numberMissing: 'Informe o seu número do WhatsApp, por favor.',
      numberNeedsPlus: 'Escolha o seu país, ou comece o número com + e o código do país.',
      numberInvalid: 'Este número de telefone não está completo. Confira os dígitos e o país, por favor.',
      numberNotMobile:
        'Parece um telefone fixo. Informe o número de celular que você usa no WhatsApp, por favor.',
      languageUnknown: 'Escolha um dos idiomas, por favor.',
      areaUnknown: 'Escolha o que você quer treinar, por favor.',
      zoneUnknown: 'Não conhecemos esse fuso horário. Escolha um da lista, por favor.',
      timeInvalid: 'Informe a hora com horas e minutos, por exemplo 09:00.',
      consentMissing: 'Sem o seu consentimento não podemos escrever para você. Marque a caixa se concordar.',
    },
    refused: {
      title: 'Não deu certo',
      tooManyFromHere:
        'Houve tentativas demais a partir da sua rede. Espere um minuto e tente de novo, por favor.',
      tooManyForNumber:
        'Este número foi cadastrado vezes demais hoje. Use a mensagem mais recente no WhatsApp ou tente de novo amanhã.',
      broken: 'Algo falhou do nosso lado e nada foi salvo. Tente de novo em alguns minutos, por favor.',
      unknown: 'Não conhecemos este cadastro. Pode ser antigo demais, ou o link está incompleto.',
      invalid: 'Há campos para corrigir.',
      again: 'Voltar ao formulário',
    },

    registered: {
      title: 'Confirme no WhatsApp',
      headline: 'Falta um passo: confirme no WhatsApp',
      lead: 'Assim sabemos que o número é mesmo seu. Escolha o jeito que for mais fácil.',
      sendTitle: 'Envie a mensagem que já está pronta',
      sendText: 'O botão abre o WhatsApp com um código curto já digitado. É só tocar em enviar.',
      open: 'Abrir o WhatsApp',
      scan: 'Está no computador? Escaneie com o celular.',
      code: 'Código QR que abre o WhatsApp com a mensagem já digitada',
      tapTitle: (it) => `Toque em “${it.start}” na nossa mensagem`,
      tapText: (it) =>
        `Em até um minuto pode chegar uma mensagem de ${it.business} no seu WhatsApp. O botão dela também confirma.`,
      waiting: 'Esperando a sua confirmação…',
      stoppedWaiting: 'Paramos de esperar. Verifique de novo quando tiver confirmado.',
      refresh: 'Verificar de novo',
      confirmedTitle: 'Você está dentro!',
      confirmedText: 'Está confirmado e há uma mensagem para você no WhatsApp. Pode fechar esta página.',
      droppedTitle: 'Este cadastro não vale mais',
      droppedText: 'Ele foi recusado no WhatsApp, ou um mais novo tomou o seu lugar.',
      pending: 'Falta pouco: confirme no WhatsApp que este número é seu.',
    },
  },
};
