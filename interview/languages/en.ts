import type { CommandName } from '../commands/command-names.ts';

/** Every sentence the bot says in English. The other languages must have exactly these. */
export const en = {
  /** The name of the language in itself, for links and lists. */
  name: 'English',
  areas: { javascript: 'JavaScript', python: 'Python', ruby: 'Ruby', dsa: 'Data structures & algorithms' },

  /** Whole messages that are commands, in any spelling that survives folding of case, accents and punctuation. */
  commandWords: {
    stop: [
      'stop',
      'stop all',
      'unsubscribe',
      'cancel',
      'quit',
      'opt out',
      'stop it',
      'stop messages',
      'stop promotions',
      'stop messaging me',
      'stop sending me messages',
      'stop writing to me',
      'leave me alone',
      'remove me',
    ],
    start: ['start', 'unstop', 'resume', 'subscribe', 'i am back'],
    help: ['help', 'info', 'commands', 'support', 'contact', 'human'],
    hint: ['hint', 'give me a hint', 'clue'],
    skip: ['skip', 'skip today', 'skip question'],
    answer: ['answer', 'model answer', 'show answer', 'solution'],
    more: ['more', 'another', 'another one', 'one more', 'more questions'],
  } satisfies Record<CommandName, readonly string[]>,
  /** Said around a command without changing it: "Stop. Thank you" is a stop. */
  politeWords: [
    'please',
    'thanks',
    'thx',
    'great',
    'perfect',
    'good morning',
    'sounds good',
    'thank you',
    'thank you very much',
    'now',
    'hi',
    'hello',
    'ok',
  ],
  /** Whole answers that say: teach me. */
  dontKnow: [
    'i dont know',
    'i do not know',
    'dont know',
    'no idea',
    'i have no idea',
    'idk',
    'not sure',
    'i am not sure',
    'im not sure',
    'no clue',
    'i dont remember',
    'i forgot',
    'dunno',
    'i give up',
    'i really dont know',
    'i have no clue',
    'i dont recall',
    'i cant remember',
  ],
  /** Said around “I don’t know” without changing it: people think aloud, and apologise. */
  hesitations: [
    'um',
    'uh',
    'er',
    'hm',
    'hmm',
    'oh',
    'ah',
    'well',
    'so',
    'sorry',
    'sorry but',
    'im sorry',
    'honestly',
    'to be honest',
    'actually',
  ],

  buttons: {
    start: 'Start',
    notMe: 'Not me',
    hint: 'Hint',
    skip: 'Skip',
    showQuestion: 'Show question',
    modelAnswer: 'Model answer',
    more: 'More',
  },

  templates: {
    welcome:
      'Hi {{first_name}}, this number was registered with {{business}} for one {{area}} interview question a day here on WhatsApp. Tap Start to confirm and get your first question now. If it was not you, tap Not me and we forget this number.',
    dailyQuestion:
      'Your {{area}} question for today, as you asked when you subscribed:\n\n{{question}}\n\nAnswer right here in this chat.',
    dailyTeaser:
      'Hi {{first_name}}, your {{area}} question for today is ready, as you asked when you subscribed. Tap the button below to read it.',
    footer: 'Reply STOP to end',
  },

  confirmRegistration: (it: { name: string; area: string; time: string }) =>
    `Hi ${it.name}! Please confirm: one *${it.area}* question a day at ${it.time}, here in this chat.`,
  greeting: (it: { name: string; time: string }) =>
    `You're in, ${it.name}! One question a day at ${it.time}. Reply STOP whenever you want to end it, HELP for help. Here is your first:`,
  preferencesSaved: (it: { area: string; next: string }) =>
    `Saved: *${it.area}*. Your next question comes ${it.next}.`,
  questionTitle: (it: { area: string }) => `*${it.area}*`,

  stopped: 'Done: no more messages from us. If you change your mind, reply START.',
  resumed: (it: { next: string }) =>
    `Welcome back! Your next question comes ${it.next}. Reply MORE for one right now.`,
  alreadyActive: (it: { next: string }) => `You're already signed up. Your next question comes ${it.next}.`,
  notMe: 'Sorry about that. We have erased this number and will not write again.',
  notMeKept: 'Thank you. The new request is dropped and everything stays as it was.',
  pleaseConfirm: 'To begin, tap Start. If you did not register here, tap Not me and we forget this number.',
  codeUnknown: (it: { url: string }) =>
    `That code has been used or has expired. Register again here: ${it.url}`,

  help: (it: { business: string; contact: string | null }) =>
    [
      `*${it.business}*: one interview question a day. Answer here in your own words and get feedback within seconds.`,
      '',
      '*HINT* a nudge · *SKIP* skip today’s question · *ANSWER* a model answer · *MORE* another question · *STOP* end it, *START* come back',
      ...(it.contact === null ? [] : ['', `To reach a person: ${it.contact}`]),
    ].join('\n'),

  hint: (it: { hint: string }) => `💡 ${it.hint}`,
  skipped: 'Skipped. Tomorrow brings a new one.',
  modelAnswer: (it: { text: string }) => `*Model answer*\n${it.text}`,
  nothingOpen: (it: { next: string }) =>
    `There is no open question right now. The next one comes ${it.next}.`,
  noMoreToday: (it: { next: string }) => `That was a lot for one day. Your next question comes ${it.next}.`,
  dayComplete: (it: { next: string }) =>
    `That's it for now. Your next question comes ${it.next}. Want another one now? Reply MORE.`,
  voiceNotYet: 'I cannot listen to voice notes yet. Please type your answer, a few sentences are enough.',
  textOnly: 'I can only read text. Please type your answer, a few sentences are enough.',
  editNotSeen: 'I cannot see edits. Please send the corrected text as a new message.',
  mediaLost: 'That file did not reach me. Please send it again, or type your answer.',
  questionGone: (it: { next: string }) =>
    `That belongs to a question I no longer have. Your next question comes ${it.next}.`,
  questionClosed: (it: { next: string }) =>
    `That question is closed already. Your next question comes ${it.next}.`,
  /** To somebody who is not registered. */
  stranger: (it: { business: string; url: string; contact: string | null }) =>
    [
      `Hello! *${it.business}* sends one interview question a day here on WhatsApp. You are not signed up yet; you can do that here: ${it.url}`,
      ...(it.contact === null ? [] : ['', `To reach a person: ${it.contact}`]),
    ].join('\n'),

  feedback: {
    score: (it: { score: number }) => `*Score: ${it.score}/10*`,
    bands: {
      strong: '*Strong answer*',
      good: '*Good answer, not yet complete*',
      partial: '*A start: some of it is there*',
      starting: '*I could not find the key ideas in it*',
    },
    regraded: 'A second, closer look at your answer:',
    right: '✅ *You said*',
    half: '🟡 *Half there*',
    missing: '➕ *Still missing*',
    wrong: '⚠️ *Look again: you said the opposite*',
    quoted: (it: { quote: string }) => `“${it.quote}”`,
    nextStep: (it: { step: string }) => `👉 *Next step:* ${it.step}`,
    explainMissing: (it: { concept: string }) => `explain in your own words: ${it.concept}.`,
    goDeeper: 'say it out loud once more, in under a minute, with an example of your own.',
    offlineNote: '_A quick check by key ideas; it may miss points you put in other words._',
    cut: '_Your answer was very long: only its first part was read._',
    offTopic: '_This does not seem to be about the question._',
    taught: 'No problem, that is what this is for. A good answer would be:',
  },

  /** The registration page and what its API answers. */
  page: {
    title: (it: { business: string }) => `${it.business}: one interview question a day on WhatsApp`,
    headline: 'One interview question a day, on WhatsApp',
    lead: 'Answer in your own words. Within seconds you read what was right, what was missing and what to do next.',
    promises: [
      'A few minutes a day, at the hour you choose',
      'A score that is explained point by point',
      'One word, STOP, ends it at once',
    ],
    languages: 'Language of this page',

    preview: {
      caption: 'An example from the chat',
      question: 'What is a closure in JavaScript, and what would you use one for?',
      answer:
        'A function that remembers the variables around it, even after the outer function has returned.',
      keeps: 'The function keeps access to the outer variables',
      keepsQuote: 'remembers the variables around it',
      survives: 'Those variables stay alive afterwards',
      survivesQuote: 'even after the outer function has returned',
      use: 'A typical use: private state, such as a counter',
      step: 'write a counter whose value nobody else can change.',
    },

    form: {
      title: 'Sign up',
      name: 'Your name',
      country: 'Country',
      countryNone: 'I type the + code',
      number: 'WhatsApp number',
      numberHint:
        'Choose your country, or begin with + and the country code: +1\u00a0202\u00a0555\u00a00199.',
      language: 'Language of the questions',
      area: 'What do you want to train?',
      zone: 'Your time zone',
      zoneOfCountry: 'That of my number’s country',
      zoneHint: 'If your country has several, choose a city whose clock is yours.',
      zoneNow: (it: { time: string }) => `The clock there now shows ${it.time}.`,
      time: 'Every day at',
      submit: 'Sign up',
      afterwards: 'The questions begin only when you confirm on WhatsApp that the number is yours.',
    },
    regions: {
      Africa: 'Africa',
      America: 'America',
      Antarctica: 'Antarctica',
      Arctic: 'Arctic',
      Asia: 'Asia',
      Atlantic: 'Atlantic',
      Australia: 'Australia',
      Europe: 'Europe',
      Indian: 'Indian Ocean',
      Pacific: 'Pacific',
    },

    /** A change of meaning here needs a new CONSENT_WORDING_VERSION. */
    consent: (it: { business: string }) =>
      `I agree that ${it.business} writes to me on WhatsApp: one technical interview question a day, and replies to what I write. An AI service processes my answers in order to give me feedback. I can end this at any time by replying STOP.`,
    erasure: (it: { contact: string | null }) =>
      it.contact === null
        ? 'Thirty days after a STOP, everything personal is erased.'
        : `Thirty days after a STOP, everything personal is erased. To have it erased at once, write to ${it.contact}.`,

    problemsTitle: (it: { count: number }) =>
      it.count === 1 ? 'One thing needs correcting' : `${it.count} things need correcting`,
    problems: {
      nameMissing: 'Please tell us your name.',
      nameTooLong: 'Please shorten your name to 80 characters.',
      nameUnreadable: 'Your name contains characters that cannot be shown. Please type it by hand.',
      nameHasLink: 'Please write your name without a link or an e-mail address.',
      numberMissing: 'Please give your WhatsApp number.',
      numberNeedsPlus: 'Please choose your country, or begin the number with + and the country code.',
      numberInvalid: 'This is not a complete phone number. Please check its digits and the country.',
      numberNotMobile:
        'This looks like a land line. Please give the mobile number that you use with WhatsApp.',
      languageUnknown: 'Please choose one of the languages.',
      areaUnknown: 'Please choose what you want to train.',
      zoneUnknown: 'We do not know this time zone. Please choose one from the list.',
      timeInvalid: 'Please give the hour as hours and minutes, such as 09:00.',
      consentMissing: 'Without your consent we may not write to you. Please tick the box if you agree.',
    },
    refused: {
      title: 'That did not work',
      tooManyFromHere: 'There were too many attempts from your network. Please wait a minute and try again.',
      tooManyForNumber:
        'This number was registered very often today. Please use the newest message on WhatsApp, or try again tomorrow.',
      broken: 'Something broke on our side, and nothing was saved. Please try again in a few minutes.',
      unknown: 'We do not know this registration. It may be too old, or the link is incomplete.',
      invalid: 'Some fields need correcting.',
      again: 'Back to the form',
    },

    registered: {
      title: 'Confirm on WhatsApp',
      headline: 'One step left: confirm on WhatsApp',
      lead: 'This shows us that the number is really yours. Take whichever way is easier.',
      sendTitle: 'Send us the message that is ready for you',
      sendText: 'The button opens WhatsApp with a short code typed in. Just press send.',
      open: 'Open WhatsApp',
      scan: 'At a computer? Scan this with your phone.',
      code: 'QR code that opens WhatsApp with the message typed in',
      tapTitle: (it: { start: string }) => `Tap “${it.start}” in our message`,
      tapText: (it: { business: string }) =>
        `A message from ${it.business} may reach you on WhatsApp within a minute. Its button confirms as well.`,
      waiting: 'Waiting for your confirmation…',
      stoppedWaiting: 'We have stopped looking. Check again once you have confirmed.',
      refresh: 'Check again',
      confirmedTitle: 'You are in!',
      confirmedText: 'It is confirmed, and WhatsApp has a message for you. You can close this page.',
      droppedTitle: 'This registration no longer counts',
      droppedText: 'It was declined on WhatsApp, or a newer one took its place.',
      pending: 'Almost done: confirm on WhatsApp that this number is yours.',
    },
  },
};

/** What every language must offer: the same keys, the same parameters. */
export type Phrases = typeof en;
