import type { AccountState } from './account-state.ts';

type Ids = { phoneNumberId: string; businessAccountId: string; appId: string };

/** Whether messages can be sent, entity by entity, as it hangs on numbers, accounts and templates. */
export function healthStatus(ids: Ids, { trouble, number }: AccountState, noPaymentMethod: boolean): object {
  const errors = [
    ...(trouble?.canSend === 'BLOCKED' ? [errorOf(trouble)] : []),
    ...(number.status === 'CONNECTED' ? [] : [NOT_REGISTERED]),
  ];
  const isLimited = trouble?.canSend === 'LIMITED';
  const ofNumber = errors.length > 0 ? 'BLOCKED' : isLimited ? 'LIMITED' : 'AVAILABLE';
  const ofAccount = noPaymentMethod ? 'LIMITED' : 'AVAILABLE';
  return {
    can_send_message: ofNumber === 'AVAILABLE' ? ofAccount : ofNumber,
    entities: [
      {
        entity_type: 'PHONE_NUMBER',
        id: ids.phoneNumberId,
        can_send_message: ofNumber,
        ...(errors.length > 0 ? { errors } : {}),
        ...(isLimited && errors.length === 0
          ? { additional_info: [`${trouble.description} ${trouble.solution}`] }
          : {}),
      },
      {
        entity_type: 'WABA',
        id: ids.businessAccountId,
        can_send_message: ofAccount,
        ...(noPaymentMethod ? { additional_info: [NO_PAYMENT] } : {}),
      },
      { entity_type: 'APP', id: ids.appId, can_send_message: 'AVAILABLE' },
    ],
  };
}

function errorOf(trouble: NonNullable<AccountState['trouble']>): object {
  return {
    error_code: trouble.code,
    error_description: trouble.description,
    possible_solution: trouble.solution,
  };
}

const NOT_REGISTERED = {
  error_code: 133010,
  error_description: 'The phone number is not registered.',
  possible_solution: 'Register the phone number with its PIN.',
};
const NO_PAYMENT = 'There is no valid payment method for this account.';
