import type { WebhookTroubles } from '../../../contract/switches.ts';
import { NumberField } from './number-field.tsx';
import { SECONDS, wholeNumber } from './number-format.ts';
import { Toggle } from './toggle.tsx';
import type { TroubleActions } from './use-trouble-actions.ts';

type Props = { webhooks: WebhookTroubles; actions: TroubleActions };

/** What goes wrong between WhatsApp and the bot. */
export function NotificationSwitches({ webhooks, actions }: Props) {
  const change = (wanted: Partial<WebhookTroubles>) => actions.change({ webhooks: wanted });
  return (
    <>
      {TOGGLES.map(({ what, label, help }) => (
        <Toggle
          key={what}
          label={label}
          help={help}
          isOn={webhooks[what]}
          onChange={(isOn) => change({ [what]: isOn })}
        />
      ))}
      <NumberField
        label="Arrive late by"
        unit="seconds"
        format={SECONDS}
        value={webhooks.delayMs}
        onChange={(delayMs) => change({ delayMs })}
      />
      <NumberField
        label="Sent in one request, up to"
        format={BATCH}
        value={webhooks.batch}
        onChange={(batch) => change({ batch })}
      />
    </>
  );
}

type OnOrOff = {
  [Key in keyof WebhookTroubles]: WebhookTroubles[Key] extends boolean ? Key : never;
}[keyof WebhookTroubles];

const TOGGLES: readonly { readonly what: OnOrOff; readonly label: string; readonly help: string }[] = [
  { what: 'hold', label: 'Hold them back', help: 'Nothing leaves until this is off again.' },
  { what: 'duplicate', label: 'Send each twice', help: 'As Meta does when it missed the answer.' },
  { what: 'shuffle', label: 'Mix up the order', help: 'A later message may come before an earlier one.' },
  { what: 'badSignature', label: 'Sign them wrong', help: 'The bot must refuse them.' },
  { what: 'missingSignature', label: 'Do not sign them', help: 'The bot must refuse them.' },
  { what: 'largeBody', label: 'Make them large', help: 'More than a megabyte each.' },
  { what: 'oldConversation', label: 'Make them old', help: 'With “conversation” objects, as up to v23.0.' },
];

/** Meta puts at most a thousand updates into one request. */
const BATCH = wholeNumber(1, 1000);
