/** What people send besides text and voice, as `POST …/send` takes it. */
export type OddMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Each kind with its name in a list. The ids of media are nobody's: there is nothing to fetch. */
export const ODD_MESSAGES: readonly { readonly name: string; readonly message: OddMessage }[] = [
  { name: 'an edited message', message: unsupported('edit') },
  { name: 'a poll', message: unsupported('poll') },
  {
    name: 'a sticker',
    message: {
      type: 'sticker',
      sticker: {
        mime_type: 'image/webp',
        sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        id: '990880770660551',
        animated: false,
      },
    },
  },
  {
    name: 'a location',
    message: {
      type: 'location',
      location: { latitude: -23.5614, longitude: -46.6559, name: 'MASP', address: 'Avenida Paulista, 1578' },
    },
  },
  {
    name: 'a contact',
    message: {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'The office', first_name: 'The office' },
          phones: [{ phone: '+1 202 555 0142', type: 'WORK' }],
          origin: 'other',
        },
      ],
    },
  },
  { name: 'a type from the future', message: { type: 'hologram', hologram: { id: '1' } } },
];

/** Meta's form for what the Cloud API does not carry. */
function unsupported(type: string): OddMessage {
  return {
    type: 'unsupported',
    unsupported: { type },
    errors: [
      {
        code: 131051,
        title: 'Message type unknown',
        message: 'Message type unknown',
        error_data: { details: 'Message type is currently not supported.' },
      },
    ],
  };
}
