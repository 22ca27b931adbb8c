import { Activity, useCallback, useEffect, useMemo, useState } from 'react';
import { ChooseSender } from './choose-sender.tsx';
import type { EmulatorView } from './emulator-view.ts';
import { lastUsedPhone, rememberPhone } from './last-used-phone.ts';
import { NewPhoneDialog } from './new-phone-dialog.tsx';
import { PhoneDevice } from './phone-device.tsx';
import { PhoneSwitcher } from './phone-switcher.tsx';
import { TopBar } from './top-bar.tsx';
import { TroubleButton } from './trouble/trouble-button.tsx';
import { TroublePanel } from './trouble/trouble-panel.tsx';
import { allOf, troublesOf } from './trouble/troubles.ts';
import { usePanelOpen } from './trouble/use-panel-open.ts';
import { useLinkedMessage } from './use-linked-message.ts';
import { useMediaQuery } from './use-media-query.ts';
import type { Notice } from './use-notices.ts';
import { usePhoneActions } from './use-phone-actions.ts';
import { Welcome } from './welcome.tsx';

type Props = { view: EmulatorView; tell: (kind: Notice['kind'], text: string) => void };

/** As in the style sheets: from here on one phone is shown at a time, and the panel covers it. */
const NARROW = '(max-width: 760px)';

/** The top bar, every phone under it and the panel beside them; on a narrow screen one of these at a time. */
export function Phones({ view, tell }: Props) {
  const { phones, business, registrationUrl, clockAheadMs, switches } = view;
  const actions = usePhoneActions(tell);
  const linked = useLinkedMessage(phones);
  const [isMaking, setIsMaking] = useState(false);
  const [chosen, setChosen] = useState(lastUsedPhone);
  const inFront =
    phones.find((phone) => phone.number === chosen)?.number ?? linked.sender ?? phones[0]?.number ?? null;

  const isNarrow = useMediaQuery(NARROW);
  const panel = usePanelOpen(isNarrow);
  const troubles = useMemo(() => troublesOf(switches, phones), [switches, phones]);
  const isCovered = isNarrow && panel.isOpen;

  const choose = useCallback((number: string) => {
    setChosen(number);
    rememberPhone(number);
  }, []);

  const chooseSender = (number: string) => {
    linked.choose(number);
    choose(number);
  };

  const isForeign = linked.message !== null && linked.message.to !== business.number;
  useEffect(() => {
    if (isForeign)
      tell(
        'trouble',
        'That link is for another number than the one this bot has. Its message is offered all the same.',
      );
  }, [isForeign, tell]);

  return (
    <>
      <div className="page-head" inert={isCovered}>
        <TopBar clockAheadMs={clockAheadMs} actions={actions} onNewPhone={() => setIsMaking(true)}>
          <TroubleButton troubles={allOf(troubles)} isOpen={panel.isOpen} onClick={panel.toggle} />
        </TopBar>
        {phones.length > 1 && <PhoneSwitcher phones={phones} inFront={inFront} onChoose={choose} />}
      </div>
      <div className="desk">
        <main className="phones" inert={isCovered}>
          {phones.length === 0 && (
            <Welcome
              hasLinkedMessage={linked.message !== null}
              makePhones={actions.makePhones}
              onNewPhone={() => setIsMaking(true)}
            />
          )}
          {phones.map((phone) => (
            <PhoneDevice
              key={phone.number}
              phone={phone}
              business={business}
              registrationUrl={registrationUrl}
              clockAheadMs={clockAheadMs}
              isInFront={phone.number === inFront}
              linkedText={phone.number === linked.sender ? (linked.message?.text ?? null) : null}
              onLinkedTextDone={linked.forget}
              onOtherSender={phones.length > 1 ? linked.ask : null}
              onUse={choose}
              actions={actions}
            />
          ))}
        </main>
        {/* Hidden and not gone: whoever looks at a phone in between finds everything as it was left. */}
        <Activity mode={panel.isOpen ? 'visible' : 'hidden'}>
          <TroublePanel
            view={view}
            troubles={troubles}
            inFront={inFront}
            coversPhones={isNarrow}
            takesFocus={panel.isAskedFor}
            onChoose={choose}
            onClose={panel.close}
            tell={tell}
          />
        </Activity>
      </div>
      {isMaking && (
        <NewPhoneDialog
          phones={phones}
          makePhones={actions.makePhones}
          onMade={choose}
          onClose={() => setIsMaking(false)}
        />
      )}
      {linked.mustAsk && <ChooseSender phones={phones} onChoose={chooseSender} onClose={linked.forget} />}
    </>
  );
}
