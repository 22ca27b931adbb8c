/**
 * What can be wrong with an account besides what the switches of the side panel throw: the things that set-up and its
 * doctor look at. A test keeps the object that it hands to `createEmulator` and changes it as it goes on.
 */
export type AccountState = {
  token: {
    /** Epoch milliseconds by the emulator's clock; null: never. */
    expiresAt: number | null;
    /** Without one of them Meta refuses the calls that need it. */
    scopes: readonly string[];
    /** The accounts the scopes are narrowed to; null: ours. */
    targetIds: readonly string[] | null;
  };
  number: {
    status: 'CONNECTED' | 'PENDING' | 'DISCONNECTED' | 'FLAGGED' | 'RESTRICTED' | 'BANNED';
    platform: 'CLOUD_API' | 'ON_PREMISE' | 'NOT_APPLICABLE';
    verification: 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';
    /** The two-step code, once one is set. */
    pin: string | null;
    /** Whether the account lists the number as its own. */
    belongsToAccount: boolean;
  };
  /** Why nothing or little can be sent; null: all is well. */
  trouble: {
    canSend: 'LIMITED' | 'BLOCKED';
    code: number;
    description: string;
    solution: string;
  } | null;
};

export const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** An account with which nothing is wrong. */
export function createAccountState(): AccountState {
  return {
    token: { expiresAt: null, scopes: SCOPES, targetIds: null },
    number: {
      status: 'CONNECTED',
      platform: 'CLOUD_API',
      verification: 'VERIFIED',
      pin: null,
      belongsToAccount: true,
    },
    trouble: null,
  };
}
