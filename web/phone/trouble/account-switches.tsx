import type { AccountTroubles } from '../../../contract/switches.ts';
import { type Choice, ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import { limit } from './number-format.ts';
import { Toggle } from './toggle.tsx';
import type { TroubleActions } from './use-trouble-actions.ts';

type Props = { account: AccountTroubles; actions: TroubleActions };

/** What Meta thinks of the business, and what it lets it do. */
export function AccountSwitches({ account, actions }: Props) {
  const change = (wanted: Partial<AccountTroubles>) => actions.change({ account: wanted });
  return (
    <>
      <Toggle
        label="No payment method"
        help="From the 1,001st free message of a month on: accepted, then failed with 131042."
        isOn={account.noPaymentMethod}
        onChange={(noPaymentMethod) => change({ noPaymentMethod })}
      />
      <Toggle
        label="Refuse free text in the answer"
        help="Outside the window, instead of accepting it and failing by status."
        isOn={account.windowRefusedInAnswer}
        onChange={(windowRefusedInAnswer) => change({ windowRefusedInAnswer })}
      />
      <Toggle
        label="Watch the pause between two messages"
        help="To one learner: too fast is refused with 131056."
        isOn={account.pairLimit}
        onChange={(pairLimit) => change({ pairLimit })}
      />
      <NumberField
        label="Messages a second"
        placeholder="no limit"
        format={PER_SECOND}
        value={account.messagesPerSecond}
        onChange={(messagesPerSecond) => change({ messagesPerSecond })}
      />
      <NumberField
        label="Marketing per learner and day"
        placeholder="no limit"
        format={MARKETING}
        value={account.marketingPerLearnerAndDay}
        onChange={(marketingPerLearnerAndDay) => change({ marketingPerLearnerAndDay })}
      />
      <ChoiceField
        label="Learners a day outside windows"
        choices={RECIPIENTS}
        value={account.recipientsPerDay}
        onChange={(recipientsPerDay) => change({ recipientsPerDay })}
      />
      <ChoiceField
        label="Quality of the number"
        choices={QUALITIES}
        value={account.quality}
        onChange={(quality) => change({ quality })}
      />
      <ChoiceField
        label="New templates are"
        choices={REVIEWS}
        value={account.review}
        onChange={(review) => change({ review })}
      />
      <Toggle
        label="Approve as marketing"
        help="Templates submitted as UTILITY come out as MARKETING."
        isOn={account.approveAsMarketing}
        onChange={(approveAsMarketing) => change({ approveAsMarketing })}
      />
    </>
  );
}

const PER_SECOND = limit(1, 1000);
const MARKETING = limit(0, 1000);

const RECIPIENTS: readonly Choice<AccountTroubles['recipientsPerDay']>[] = [
  { value: 250, words: '250' },
  { value: 2_000, words: '2,000' },
  { value: 10_000, words: '10,000' },
  { value: 100_000, words: '100,000' },
  { value: null, words: 'no limit' },
];

const QUALITIES: readonly Choice<AccountTroubles['quality']>[] = [
  { value: 'GREEN', words: 'green' },
  { value: 'YELLOW', words: 'yellow' },
  { value: 'RED', words: 'red' },
];

const REVIEWS: readonly Choice<AccountTroubles['review']>[] = [
  { value: 'approve', words: 'approved' },
  { value: 'reject', words: 'rejected' },
  { value: 'leave-pending', words: 'left pending' },
];
