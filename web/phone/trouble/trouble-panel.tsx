import { useEffect, useId, useRef, useState } from 'react';
import type { EmulatorView } from '../emulator-view.ts';
import { CloseIcon } from '../icons.tsx';
import type { Notice } from '../use-notices.ts';
import { AccountSwitches } from './account-switches.tsx';
import { NotificationSwitches } from './notification-switches.tsx';
import { phoneMarks } from './phone-marks.ts';
import { PhoneSwitches } from './phone-switches.tsx';
import { SendingSwitches } from './sending-switches.tsx';
import { TemplateList } from './template-list.tsx';
import { TroubleGroup } from './trouble-group.tsx';
import { allOf, countOf, type Troubles } from './troubles.ts';
import { useErrorCodes } from './use-error-codes.ts';
import { useTroubleActions } from './use-trouble-actions.ts';

type Props = {
  view: EmulatorView;
  troubles: Troubles;
  inFront: string | null;
  /** On a narrow screen it covers everything else, like a dialog. */
  coversPhones: boolean;
  /** Whether somebody asked for it just now. */
  takesFocus: boolean;
  onChoose: (number: string) => void;
  onClose: () => void;
  tell: (kind: Notice['kind'], text: string) => void;
};

/** The emulator's switches, beside the phones. */
export function TroublePanel(props: Props) {
  const { view, troubles, inFront, coversPhones, takesFocus, onChoose, onClose, tell } = props;
  const { switches, phones } = view;
  const actions = useTroubleActions(tell);
  const codes = useErrorCodes(tell);
  const [isMending, setIsMending] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const phone = phones.find((it) => it.number === inFront);
  const all = allOf(troubles);

  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // Not from a phone: there Escape gives up a reply, and a dialog has its own. Nor out of an input method.
      const isHere = event.target === document.body || panel.current?.contains(nodeOf(event.target));
      if (event.key === 'Escape' && isHere && !event.isComposing) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);

  const makeWell = async () => {
    if (isMending) return;
    setIsMending(true);
    await actions.makeWell(phones);
    setIsMending(false);
  };

  return (
    <section
      ref={panel}
      id="trouble-panel"
      className="trouble-panel"
      {...(coversPhones ? DIALOG : BESIDE)}
      aria-labelledby={titleId}
    >
      <div className="trouble-head">
        <div>
          <h2 ref={title} id={titleId} tabIndex={-1}>
            Make trouble
          </h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
            <CloseIcon />
          </button>
        </div>
        <div>
          <p role="status">{all.length === 0 ? 'All is well.' : `${countOf(all)} on.`}</p>
          <button type="button" aria-disabled={isMending} onClick={() => void makeWell()}>
            Everything well again
          </button>
        </div>
      </div>
      <div className="trouble-groups">
        {phone !== undefined && (
          <TroubleGroup title="This phone" troubles={phoneMarks(phone).length} isOpenAtFirst>
            <PhoneSwitches
              phones={phones}
              phone={phone}
              codes={codes}
              actions={actions}
              onChoose={onChoose}
            />
          </TroubleGroup>
        )}
        <TroubleGroup title="WhatsApp’s notifications" troubles={troubles.webhooks.length}>
          <NotificationSwitches webhooks={switches.webhooks} actions={actions} />
        </TroubleGroup>
        <TroubleGroup title="Sending" troubles={troubles.sending.length}>
          <SendingSwitches sending={switches.sending} codes={codes} actions={actions} />
        </TroubleGroup>
        <TroubleGroup title="Account" troubles={troubles.account.length}>
          <AccountSwitches account={switches.account} actions={actions} />
        </TroubleGroup>
        <TroubleGroup title="Templates" troubles={0}>
          <TemplateList tell={tell} />
        </TroubleGroup>
      </div>
    </section>
  );
}

const DIALOG = { role: 'dialog', 'aria-modal': true } as const;
const BESIDE = { role: 'complementary' } as const;

function nodeOf(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}
