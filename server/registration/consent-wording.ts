/** Goes into the ledger of consents. A new one whenever the consent text of a language changes in meaning. */
export const CONSENT_WORDING_VERSION = '2026-11';
