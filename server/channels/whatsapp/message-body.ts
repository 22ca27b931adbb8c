import type { ChannelMessage, Recipient, SendOptions } from '../channel.ts';

/** The JSON that sends one message. */
export function messageBody(to: Recipient, message: ChannelMessage, options: SendOptions): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    // Without the plus Meta may take the number for one of the business's own country.
    ...(to.phone === null ? { recipient: to.bsuid } : { to: `+${to.phone}` }),
    biz_opaque_callback_data: options.callbackData,
    ...(options.quoting === null ? {} : { context: { message_id: options.quoting } }),
    ...content(message),
  };
}

function content(message: ChannelMessage): object {
  switch (message.form) {
    case 'text':
      return { type: 'text', text: { body: message.text, preview_url: false } };
    case 'buttons':
      return {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: message.text },
          action: {
            buttons: message.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })),
          },
        },
      };
    case 'template':
      return {
        type: 'template',
        template: {
          name: message.name,
          language: { code: message.languageCode },
          components: [...bodyComponent(message.parameters), ...message.payloads.map(quickReplyComponent)],
        },
      };
    default: {
      const impossible: never = message;
      throw new Error(`no body for ${JSON.stringify(impossible)}`);
    }
  }
}

type Parameters = (ChannelMessage & { form: 'template' })['parameters'];

/** A component without parameters is refused, so there is none when the template has no parameters. */
function bodyComponent(parameters: Parameters): object[] {
  if (parameters.length === 0) return [];
  return [
    {
      type: 'body',
      parameters: parameters.map(({ name, text }) => ({ type: 'text', parameter_name: name, text })),
    },
  ];
}

/** The index is a string, and counts from nought. */
function quickReplyComponent(payload: string, index: number): object {
  return {
    type: 'button',
    sub_type: 'quick_reply',
    index: String(index),
    parameters: [{ type: 'payload', payload }],
  };
}
