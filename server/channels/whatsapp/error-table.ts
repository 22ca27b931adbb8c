import type { FailureClass, FailureReach } from '../channel.ts';

export type KnownError = {
  readonly class: FailureClass;
  readonly reach: FailureReach;
  readonly mostTries: number | null;
  /** One sentence for the operator: what happened, then what to do. */
  readonly sentence: string;
};

/** Every error code Meta documents for sending, registering and templates, with what we do about it. */
export const ERROR_TABLE: ReadonlyMap<number, KnownError> = new Map<number, KnownError>([
  // Access and the app as a whole
  [
    0,
    operator('Meta could not authenticate the app: create a new system user token and set WHATSAPP_TOKEN.'),
  ],
  [
    1,
    retry(
      'Meta reports an unknown error: it is tried again twice; if it stays, report this to the developers.',
      3,
    ),
  ],
  [2, retry('WhatsApp is down or overloaded: it is tried again by itself.')],
  [
    3,
    operator(
      'The app lacks a capability or permission: give it whatsapp_business_messaging in the app dashboard.',
    ),
  ],
  [4, pace('The app has used up its calls: sending slows down and goes on by itself.')],
  [
    10,
    operator(
      'A permission of the access token is missing or was taken away: renew the token with both permissions.',
    ),
  ],
  [
    33,
    operator('The phone number was deleted at Meta: set WHATSAPP_PHONE_NUMBER_ID to a number that exists.'),
  ],
  [100, bug('The request had a parameter that Meta does not accept: report this to the developers.')],
  [
    190,
    operator(
      'The access token has expired or is not valid: create a new system user token and set WHATSAPP_TOKEN.',
    ),
  ],
  [
    368,
    operator(
      'Meta restricted the account for breaking a policy: read the account quality page and ask for a review.',
    ),
  ],
  [
    80007,
    pace('The account has used up its management calls: they slow down and go on by itself within the hour.'),
  ],

  // Recipients and the number
  [130403, user('The learner has blocked this number: nothing to do, they can unblock it in WhatsApp.')],
  [
    130429,
    pace('The number sends faster than Meta allows: sending slows down; lower WHATSAPP_MESSAGES_PER_SECOND.'),
  ],
  [130472, wait("The learner is in an experiment group of Meta's: today's message is skipped.")],
  [
    130497,
    operator(
      "The account may not message people of this learner's country: look at the account's restrictions.",
      'country',
    ),
  ],
  [131000, retry('WhatsApp had an unknown error while sending: it is tried again by itself.')],
  [
    131005,
    operator('Access was denied: renew the token with whatsapp_business_messaging and set WHATSAPP_TOKEN.'),
  ],
  [131008, bug('The request lacked a parameter that Meta requires: report this to the developers.')],
  [131009, bug('A value in the request is not one Meta accepts: report this to the developers.')],
  [131016, retry('A service of WhatsApp is not available: it is tried again by itself.')],
  [131021, user("The learner registered the business's own number: correct or delete the registration.")],
  [
    131026,
    user('The message cannot reach this number: the learner has no WhatsApp there or must update the app.'),
  ],
  [
    131030,
    operator(
      "The test number may not message this learner: add the number to the app's list of test recipients.",
      'learner',
    ),
  ],
  [
    131031,
    operator('The account is locked or the PIN is wrong: open WhatsApp Manager and follow the notice there.'),
  ],
  [131037, operator('The display name of the number is not approved: correct it in WhatsApp Manager.')],
  [131042, operator('There is no valid payment method: add one to the account in WhatsApp Manager.')],
  [131045, operator('The number is not registered properly: register it again in WhatsApp Manager.')],
  [131047, template("The learner's window was closed: the message goes out as a template instead.")],
  [
    131048,
    operator(
      'Meta limits the number because too many people report it: stop sending and read the quality page.',
      'templates',
    ),
  ],
  [131049, wait('Meta withholds marketing messages from this learner: nothing is sent for a day.')],
  [
    131050,
    optOut('The learner stopped marketing messages in WhatsApp: taken as STOP, nothing more is sent.'),
  ],
  [131051, bug('WhatsApp does not support this type of message: report this to the developers.')],
  [131052, user("A learner's file could not be fetched from WhatsApp: they have to send it again.")],
  [131053, retry('Meta could not take a media file: it is tried once more; check its type and size.', 2)],
  [131055, bug('This request is not allowed on this kind of account: report this to the developers.')],
  [
    131056,
    pace('Too many messages to this one learner: only this learner waits, it goes on by itself.', 'learner'),
  ],
  [131057, retry('The number is in maintenance at Meta, usually for a minute: it is tried again by itself.')],
  [
    131062,
    bug('This template needs a phone number and the learner shows none: report this to the developers.'),
  ],
  [
    131063,
    operator(
      'Marketing templates are switched off for this account: submit the template again as utility.',
      'templates',
    ),
  ],
  [
    131064,
    operator(
      'Meta limits the account for templates in the wrong category: correct their categories in WhatsApp Manager.',
      'templates',
    ),
  ],

  // Templates
  [
    132000,
    bug(
      'The template has another number of parameters than were filled in: submit the templates of this version.',
    ),
  ],
  [
    132001,
    operator(
      'The template does not exist in this language or is not approved: submit it and wait for its approval.',
      'template',
    ),
  ],
  [
    132005,
    bug("The template's text became too long when filled in: shorten the question or use the teaser."),
  ],
  [
    132007,
    operator(
      "The template's text breaks a policy of Meta's: read the reason in WhatsApp Manager and change it.",
      'template',
    ),
  ],
  [132008, bug("A parameter does not have the template's format: submit the templates of this version.")],
  [132012, bug("A parameter does not have the template's format: submit the templates of this version.")],
  [
    132015,
    operator(
      'Meta paused the template for its quality: it can be sent again when the pause ends or after a change.',
      'template',
    ),
  ],
  [132016, operator('Meta disabled the template: submit a better one under a new name.', 'template')],
  [
    132018,
    bug('A template parameter held a line break, a tab or five spaces: report this to the developers.'),
  ],
  [132068, operator('The flow is blocked: correct it in WhatsApp Manager.', 'message')],
  [132069, operator('The flow is throttled: correct it in WhatsApp Manager.', 'message')],

  // Registration of the number
  [
    133000,
    operator(
      'An earlier deregistration of the number did not finish: deregister it again, then register it.',
    ),
  ],
  [133004, retry('The registration server of WhatsApp is down: it is tried again by itself.')],
  [
    133005,
    operator('The two-step PIN of the number is wrong: use the right one or reset it in WhatsApp Manager.'),
  ],
  [133006, operator('The number must be verified first: request a code in WhatsApp Manager and enter it.')],
  [133008, operator('The PIN was guessed too often: wait as long as Meta says, then use the right one.')],
  [133009, operator('The PIN was entered too fast: wait a few minutes and enter it again.')],
  [133010, operator('The number is not registered for the Cloud API: register it with its PIN.')],
  [133015, operator('The number was deleted a moment ago: wait five minutes and register it again.')],
  [133016, pace('The number was registered too often: wait three days before registering it again.')],
  [
    134011,
    operator("The terms for payments are not accepted: accept them in WhatsApp Manager, account's settings."),
  ],
  [134100, bug('The request belongs to the marketing API: report this to the developers.')],
  [134101, bug('The request belongs to the marketing API: report this to the developers.')],
  [134102, bug('The request belongs to the marketing API: report this to the developers.')],
  [135000, bug('Meta did not understand the parameters of the message: report this to the developers.')],
  [
    137000,
    user("The learner's identity changed since the last message: they have to confirm their number again."),
  ],
  [139200, operator('Direct Send is blocked for this account: send by approved templates.', 'message')],

  // Submitting templates; these come as a subcode of 100 or as the code itself
  [2388019, operator('The account holds as many templates as it may: delete old ones in WhatsApp Manager.')],
  [
    2388023,
    operator('A template with this name and language exists or is being deleted: choose another name.'),
  ],
  [2388024, operator('A template with this name and language exists: edit that one or choose another name.')],
  [2388039, operator('The name and language clash with another template: choose another name.')],
  [2388040, operator('A part of the template is too long: shorten it and submit it again.')],
  [2388047, operator("The template's header is not in Meta's format: correct it and submit it again.")],
  [2388072, operator("The template's body is not in Meta's format: correct it and submit it again.")],
  [2388073, operator("The template's footer is not in Meta's format: correct it and submit it again.")],
  [
    2388293,
    operator(
      'The template has too many parameters for its length: write more words or use fewer parameters.',
    ),
  ],
  [
    2388299,
    operator('The template starts or ends with a parameter: put words around it and submit it again.'),
  ],
]);

export function retry(sentence: string, mostTries: number | null = null): KnownError {
  return { class: 'retry', reach: 'message', mostTries, sentence };
}

export function pace(sentence: string, reach: FailureReach = 'everything'): KnownError {
  return { class: 'pace', reach, mostTries: null, sentence };
}

function template(sentence: string): KnownError {
  return { class: 'template', reach: 'learner', mostTries: null, sentence };
}

function user(sentence: string): KnownError {
  return { class: 'user', reach: 'learner', mostTries: null, sentence };
}

function optOut(sentence: string): KnownError {
  return { class: 'opt-out', reach: 'learner', mostTries: null, sentence };
}

function wait(sentence: string): KnownError {
  return { class: 'wait', reach: 'learner', mostTries: null, sentence };
}

export function operator(sentence: string, reach: FailureReach = 'everything'): KnownError {
  return { class: 'operator', reach, mostTries: null, sentence };
}

export function bug(sentence: string): KnownError {
  return { class: 'bug', reach: 'message', mostTries: null, sentence };
}
