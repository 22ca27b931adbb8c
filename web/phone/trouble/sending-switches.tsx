import type { ErrorCodeChoice, SendingTroubles } from '../../../contract/switches.ts';
import { NextSends } from './next-sends.tsx';
import { NumberField } from './number-field.tsx';
import { PER_CENT } from './number-format.ts';
import type { TroubleActions } from './use-trouble-actions.ts';

type Props = { sending: SendingTroubles; codes: readonly ErrorCodeChoice[]; actions: TroubleActions };

/** What goes wrong when the bot sends: the next few times, or every so often. */
export function SendingSwitches({ sending, codes, actions }: Props) {
  return (
    <>
      <NextSends codes={codes} queueFault={actions.queueFault} />
      <h4 className="trouble-part">Again and again, by chance</h4>
      {SHARES.map(({ what, label }) => (
        <NumberField
          key={what}
          label={label}
          unit="%"
          format={PER_CENT}
          value={sending[what]}
          onChange={(share) => actions.change({ sending: { [what]: share } })}
        />
      ))}
    </>
  );
}

const SHARES: readonly { readonly what: keyof SendingTroubles; readonly label: string }[] = [
  { what: 'dropAnswerAfterAccept', label: 'Accepted, then the line drops' },
  { what: 'timeoutAfterAccept', label: 'Accepted, but never answered' },
  { what: 'reset', label: 'Connection reset' },
  { what: 'http500', label: 'HTTP 500' },
  { what: 'http503', label: 'HTTP 503' },
  { what: 'html502', label: 'HTTP 502 with HTML' },
  { what: 'readByThemselves', label: 'Delivered, then read by itself' },
];
