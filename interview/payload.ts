/** What a tap on one of our buttons means. The id is a registration's or an asked question's. */
export const PAYLOAD_ACTS = ['start', 'not_me', 'hint', 'skip', 'show', 'answer', 'more'] as const;
export type PayloadAct = (typeof PAYLOAD_ACTS)[number];
export type Payload = { readonly act: PayloadAct; readonly id: string };

/** `hint:0192…`: short enough for every kind of button. */
export function payloadOf(act: PayloadAct, id: string): string {
  return `${act}:${id}`;
}

/** Null for anything we did not write ourselves, such as the bare label of a static button. */
export function readPayload(text: string): Payload | null {
  const [act, id, ...rest] = text.split(':');
  const known = PAYLOAD_ACTS.find((candidate) => candidate === act);
  return known !== undefined && id !== undefined && id !== '' && rest.length === 0
    ? { act: known, id }
    : null;
}
