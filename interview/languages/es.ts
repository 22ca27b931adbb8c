import type { Phrases } from './en.ts';

/** Every sentence the bot says in Spanish. */
export const es: Phrases = {
  name: 'Español',
  areas: {
    javascript: 'JavaScript',
    python: 'Python',
    ruby: 'Ruby',
    dsa: 'Estructuras de datos y algoritmos',
  },

  commandWords: {
    stop: [
      'parar',
      'para',
      'pare',
      'baja',
      'darme de baja',
      'cancelar',
      'salir',
      'basta',
      'detener',
      'terminar',
      'no mas mensajes',
      'no quiero mas mensajes',
      'no quiero mas',
      'deja de escribirme',
      'dejen de escribirme',
      'quiero darme de baja',
      'dame de baja',
      'cancelar suscripcion',
    ],
    start: ['empezar', 'comenzar', 'alta', 'volver', 'reanudar', 'iniciar', 'inicio', 'suscribirme'],
    help: ['ayuda', 'informacion', 'comandos', 'soporte', 'contacto', 'humano'],
    hint: ['pista', 'dame una pista', 'una pista'],
    skip: ['saltar', 'omitir', 'paso', 'saltar hoy', 'saltar pregunta'],
    answer: ['respuesta', 'respuesta modelo', 'ver respuesta', 'solucion'],
    more: ['otra', 'otra mas', 'una mas', 'siguiente', 'otra pregunta', 'mas preguntas'],
  },
  politeWords: [
    'por favor',
    'genial',
    'perfecto',
    'listo',
    'vale',
    'buenos dias',
    'gracias',
    'muchas gracias',
    'ya',
    'ahora',
    'hola',
    'ok',
  ],
  dontKnow: [
    'no se',
    'no lo se',
    'ni idea',
    'no tengo idea',
    'no estoy seguro',
    'no estoy segura',
    'no me acuerdo',
    'no recuerdo',
    'lo olvide',
    'no sabria decir',
    'me rindo',
    'paso de esta',
    'no tengo ni idea',
    'no tengo la menor idea',
    'ni la menor idea',
    'no lo recuerdo',
    'no me acuerdo de eso',
  ],
  hesitations: [
    'eh',
    'em',
    'mmm',
    'ah',
    'uf',
    'pues',
    'bueno',
    'la verdad',
    'la verdad es que',
    'sinceramente',
    'lo siento',
    'perdon',
    'disculpa',
  ],

  buttons: {
    start: 'Empezar',
    notMe: 'No soy yo',
    hint: 'Pista',
    skip: 'Saltar',
    showQuestion: 'Ver la pregunta',
    modelAnswer: 'Respuesta modelo',
    more: 'Otra',
  },

  templates: {
    welcome:
      'Hola {{first_name}}, este número se registró en {{business}} para recibir una pregunta de entrevista de {{area}} al día por WhatsApp. Toca Empezar para confirmar y recibir ahora tu primera pregunta. Si no fuiste tú, toca No soy yo y olvidamos este número.',
    dailyQuestion:
      'Tu pregunta de {{area}} de hoy, como pediste al suscribirte:\n\n{{question}}\n\nResponde aquí mismo, en este chat.',
    dailyTeaser:
      'Hola {{first_name}}, tu pregunta de {{area}} de hoy está lista, como pediste al suscribirte. Toca el botón de abajo para leerla.',
    footer: 'Responde PARAR para terminar',
  },

  confirmRegistration: (it) =>
    `¡Hola, ${it.name}! Confirma, por favor: una pregunta de *${it.area}* al día a las ${it.time}, aquí en este chat.`,
  greeting: (it) =>
    `¡Listo, ${it.name}! Una pregunta al día a las ${it.time}. Responde PARAR cuando quieras terminar, AYUDA si necesitas ayuda. Aquí va la primera:`,
  preferencesSaved: (it) => `Guardado: *${it.area}*. Tu próxima pregunta llega ${it.next}.`,
  questionTitle: (it) => `*${it.area}*`,

  stopped: 'Hecho: no te escribiremos más. Si cambias de idea, responde EMPEZAR.',
  resumed: (it) =>
    `¡Qué bueno verte de nuevo! Tu próxima pregunta llega ${it.next}. Responde OTRA si quieres una ahora.`,
  alreadyActive: (it) => `Tu suscripción ya está activa. Tu próxima pregunta llega ${it.next}.`,
  notMe: 'Disculpa la molestia. Borramos este número y no volveremos a escribir.',
  notMeKept: 'Gracias. Descartamos la nueva solicitud y todo queda como estaba.',
  pleaseConfirm:
    'Para comenzar, toca Empezar. Si no te registraste aquí, toca No soy yo y olvidamos este número.',
  codeUnknown: (it) => `Ese código ya se usó o caducó. Regístrate de nuevo aquí: ${it.url}`,

  help: (it) =>
    [
      `*${it.business}*: una pregunta de entrevista al día. Responde aquí con tus palabras y recibe comentarios en segundos.`,
      '',
      '*PISTA* una ayudita · *SALTAR* saltar la de hoy · *RESPUESTA* una respuesta modelo · *OTRA* otra pregunta · *PARAR* terminar, *EMPEZAR* volver',
      ...(it.contact === null ? [] : ['', `Para hablar con una persona: ${it.contact}`]),
    ].join('\n'),

  hint: (it) => `💡 ${it.hint}`,
  skipped: 'Pregunta saltada. Mañana llega una nueva.',
  modelAnswer: (it) => `*Respuesta modelo*\n${it.text}`,
  nothingOpen: (it) => `Ahora no hay ninguna pregunta abierta. La próxima llega ${it.next}.`,
  noMoreToday: (it) => `Ya fue bastante por un día. La próxima pregunta llega ${it.next}.`,
  dayComplete: (it) =>
    `Por ahora es todo. Tu próxima pregunta llega ${it.next}. ¿Quieres otra ahora? Responde OTRA.`,
  voiceNotYet: 'Todavía no puedo escuchar notas de voz. Escribe tu respuesta, por favor: bastan unas frases.',
  textOnly: 'Solo puedo leer texto. Escribe tu respuesta, por favor: bastan unas frases.',
  editNotSeen: 'No puedo ver las ediciones. Envía el texto corregido como un mensaje nuevo, por favor.',
  mediaLost: 'Ese archivo no me llegó. Envíalo otra vez, por favor, o escribe tu respuesta.',
  questionGone: (it) => `Eso es de una pregunta que ya no tengo. Tu próxima pregunta llega ${it.next}.`,
  questionClosed: (it) => `Esa pregunta ya está cerrada. Tu próxima pregunta llega ${it.next}.`,
  /** To somebody who is not registered. */
  stranger: (it) =>
    [
      `¡Hola! *${it.business}* envía una pregunta de entrevista al día aquí, por WhatsApp. Todavía no estás en la lista; puedes apuntarte aquí: ${it.url}`,
      ...(it.contact === null ? [] : ['', `Para hablar con una persona: ${it.contact}`]),
    ].join('\n'),

  feedback: {
    score: (it) => `*Puntaje: ${it.score}/10*`,
    bands: {
      strong: '*Muy buena respuesta*',
      good: '*Buena respuesta, aún incompleta*',
      partial: '*Vas por buen camino: ya tienes una parte*',
      starting: '*No encontré en ella las ideas clave*',
    },
    regraded: 'Una segunda mirada, más atenta, a tu respuesta:',
    right: '✅ *Dijiste*',
    half: '🟡 *A medias*',
    missing: '➕ *Falta*',
    wrong: '⚠️ *Revisa esto: dijiste lo contrario*',
    quoted: (it) => `“${it.quote}”`,
    nextStep: (it) => `👉 *Siguiente paso:* ${it.step}`,
    explainMissing: (it) => `explica con tus palabras: ${it.concept}.`,
    goDeeper: 'dilo otra vez en voz alta, en menos de un minuto, con un ejemplo tuyo.',
    offlineNote:
      '_Revisión rápida por ideas clave; puede que no reconozca lo que dijiste con otras palabras._',
    cut: '_Tu respuesta era muy larga: solo se leyó la primera parte._',
    offTopic: '_Esto no parece tratar de la pregunta._',
    taught: 'No pasa nada, para eso estamos. Una buena respuesta sería:',
  },

  page: {
    title: (it) => `${it.business}: una pregunta de entrevista al día por WhatsApp`,
    headline: 'Una pregunta de entrevista al día, por WhatsApp',
    lead: 'Responde con tus palabras. En segundos lees qué estuvo bien, qué faltó y cuál es el siguiente paso.',
    promises: [
      'Unos minutos al día, a la hora que elijas',
      'Un puntaje explicado punto por punto',
      'Una palabra, PARAR, lo termina al instante',
    ],
    languages: 'Idioma de esta página',

    preview: {
      caption: 'Un ejemplo del chat',
      question: '¿Qué es un closure en JavaScript y para qué lo usarías?',
      answer: 'Una función que recuerda las variables de su alrededor, aunque la función externa ya terminó.',
      keeps: 'La función conserva el acceso a las variables externas',
      keepsQuote: 'recuerda las variables de su alrededor',
      survives: 'Esas variables siguen vivas después',
      survivesQuote: 'aunque la función externa ya terminó',
      use: 'Un uso típico: estado privado, como un contador',
      step: 'escribe un contador cuyo valor nadie más pueda cambiar.',
    },

    form: {
      title: 'Regístrate',
      name: 'Tu nombre',
      country: 'País',
      countryNone: 'Escribo el código con +',
      number: 'Número de WhatsApp',
      numberHint: 'Elige tu país, o empieza con + y el código del país: +52\u00a055\u00a05555\u00a00123.',
      language: 'Idioma de las preguntas',
      area: '¿Qué quieres entrenar?',
      zone: 'Tu zona horaria',
      zoneOfCountry: 'La del país de mi número',
      zoneHint: 'Si tu país tiene varias, elige una ciudad que tenga tu misma hora.',
      zoneNow: (it) => `Allí ahora son las ${it.time}.`,
      time: 'Cada día a las',
      submit: 'Registrarme',
      afterwards: 'Las preguntas empiezan solo cuando confirmas por WhatsApp que el número es tuyo.',
    },
    regions: {
      Africa: 'África',
      America: 'América',
      Antarctica: 'Antártida',
      Arctic: 'Ártico',
      Asia: 'Asia',
      Atlantic: 'Atlántico',
      Australia: 'Australia',
      Europe: 'Europa',
      Indian: 'Océano Índico',
      Pacific: 'Pacífico',
    },

    consent: (it) =>
      `Acepto que ${it.business} me escriba por WhatsApp: una pregunta técnica de entrevista al día y respuestas a lo que yo escriba. Un servicio de IA procesa mis respuestas para darme comentarios. Puedo cancelar en cualquier momento respondiendo PARAR.`,
    erasure: (it) =>
      it.contact === null
        ? 'Treinta días después de PARAR se borran todos tus datos personales.'
        : `Treinta días después de PARAR se borran todos tus datos personales. Si quieres que se borren de inmediato, escribe a ${it.contact}.`,

    problemsTitle: (it) =>
      it.count === 1 ? 'Hay una cosa por corregir' : `Hay ${it.count} cosas por corregir`,
    problems: {
      nameMissing: 'Dinos tu nombre, por favor.',
      nameTooLong: 'Acorta tu nombre a 80 caracteres, por favor.',
      nameUnreadable: 'Tu nombre contiene caracteres que no se pueden mostrar. Escríbelo a mano, por favor.',
      nameHasLink: 'Escribe tu nombre sin enlaces ni correos electrónicos, por favor.',
      numberMissing: 'Escribe tu número de WhatsApp, por favor.',
      numberNeedsPlus: 'Elige tu país, o empieza el número con + y el código del país.',
      numberInvalid: 'Este número de teléfono no está completo. Revisa los dígitos y el país, por favor.',
      numberNotMobile:
        'Parece un teléfono fijo. Escribe el número de celular que usas en WhatsApp, por favor.',
      languageUnknown: 'Elige uno de los idiomas, por favor.',
      areaUnknown: 'Elige qué quieres entrenar, por favor.',
      zoneUnknown: 'No conocemos esa zona horaria. Elige una de la lista, por favor.',
      timeInvalid: 'Escribe la hora con horas y minutos, por ejemplo 09:00.',
      consentMissing: 'Sin tu consentimiento no podemos escribirte. Marca la casilla si estás de acuerdo.',
    },
    refused: {
      title: 'No funcionó',
      tooManyFromHere:
        'Hubo demasiados intentos desde tu red. Espera un minuto y vuelve a intentarlo, por favor.',
      tooManyForNumber:
        'Este número se registró demasiadas veces hoy. Usa el mensaje más reciente en WhatsApp o vuelve a intentarlo mañana.',
      broken:
        'Algo falló de nuestro lado y no se guardó nada. Vuelve a intentarlo en unos minutos, por favor.',
      unknown: 'No conocemos este registro. Puede ser muy antiguo, o el enlace está incompleto.',
      invalid: 'Hay campos por corregir.',
      again: 'Volver al formulario',
    },

    registered: {
      title: 'Confirma por WhatsApp',
      headline: 'Falta un paso: confirma por WhatsApp',
      lead: 'Así sabemos que el número es realmente tuyo. Elige la forma que te resulte más fácil.',
      sendTitle: 'Envíanos el mensaje que ya está escrito',
      sendText: 'El botón abre WhatsApp con un código corto ya escrito. Solo toca enviar.',
      open: 'Abrir WhatsApp',
      scan: '¿Estás en una computadora? Escanéalo con tu teléfono.',
      code: 'Código QR que abre WhatsApp con el mensaje ya escrito',
      tapTitle: (it) => `Toca “${it.start}” en nuestro mensaje`,
      tapText: (it) =>
        `Puede que en un minuto te llegue un mensaje de ${it.business} por WhatsApp. Su botón también confirma.`,
      waiting: 'Esperando tu confirmación…',
      stoppedWaiting: 'Dejamos de esperar. Comprueba otra vez cuando hayas confirmado.',
      refresh: 'Comprobar otra vez',
      confirmedTitle: '¡Ya estás dentro!',
      confirmedText: 'Quedó confirmado y tienes un mensaje en WhatsApp. Puedes cerrar esta página.',
      droppedTitle: 'Este registro ya no vale',
      droppedText: 'Se rechazó por WhatsApp, o uno más nuevo ocupó su lugar.',
      pending: 'Falta poco: confirma por WhatsApp que este número es tuyo.',
    },
  },
};
