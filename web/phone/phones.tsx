import { useCallback, useEffect, useState } from 'react';
import { ChooseSender } from './choose-sender.tsx';
import type { EmulatorView } from './emulator-view.ts';
import { lastUsedPhone, rememberPhone } from './last-used-phone.ts';
import { NewPhoneDialog } from './new-phone-dialog.tsx';
import { PhoneDevice } from './phone-device.tsx';
import { PhoneSwitcher } from './phone-switcher.tsx';
import { TopBar } from './top-bar.tsx';
import { useLinkedMessage } from './use-linked-message.ts';
import type { Notice } from './use-notices.ts';
import { usePhoneActions } from './use-phone-actions.ts';
import { Welcome } from './welcome.tsx';

type Props = { view: EmulatorView; tell: (kind: Notice['kind'], text: string) => void };

/** The top bar and every phone under it; on a narrow screen one phone at a time. */
export function Phones({ view, tell }: Props) {
  const { phones, business, registrationUrl, clockAheadMs } = view;
  const actions = usePhoneActions(tell);
  const linked = useLinkedMessage(phones);
  const [isMaking, setIsMaking] = useState(false);
  const [chosen, setChosen] = useState(lastUsedPhone);
  const inFront =
    phones.find((phone) => phone.number === chosen)?.number ?? linked.sender ?? phones[0]?.number ?? null;

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
      <TopBar clockAheadMs={clockAheadMs} actions={actions} onNewPhone={() => setIsMaking(true)} />
      {phones.length > 1 && <PhoneSwitcher phones={phones} inFront={inFront} onChoose={choose} />}
      <main className="phones">
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
