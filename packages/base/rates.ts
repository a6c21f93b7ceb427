const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * How often what may be, exactly: `max` at once, and as many again over `per_ms`. "Address" is where a request comes from:
 * an IPv4 address or an IPv6 /64. An operator sets others by `RATE_LIMITS`.
 */
export const RATES = {
  /** Tries to sign in: from one address; of one account from one address; of one account from anywhere, which is loose, so that strangers can't keep its person out. */
  sign_in_by_address: { max: 100, per_ms: 10 * MINUTE_MS },
  sign_in_by_account_and_address: { max: 10, per_ms: 10 * MINUTE_MS },
  sign_in_by_account: { max: 300, per_ms: HOUR_MS },
  /** New accounts, of all sites together. */
  sign_up_by_address: { max: 20, per_ms: HOUR_MS },
  /** Codes and links by mail: asked for from one address, and sent to one mailbox, whatever site sends them. */
  mail_by_address: { max: 60, per_ms: HOUR_MS },
  mail_by_mailbox: { max: 10, per_ms: HOUR_MS },
  /** Codes, links and second steps that are presented. */
  proof_by_address: { max: 60, per_ms: 10 * MINUTE_MS },
  /** All else that changes something at sign-in. */
  account_by_address: { max: 300, per_ms: 10 * MINUTE_MS },
  /** New guests: of an app, and from one address. */
  guest_by_app: { max: 200, per_ms: HOUR_MS },
  guest_by_address: { max: 30, per_ms: HOUR_MS },
  /** A host site's visitors: one page's, and all of an app's. */
  exchange_by_address: { max: 60, per_ms: MINUTE_MS },
  exchange_by_app: { max: 3_000, per_ms: MINUTE_MS },
  /** Plans that anybody may see without an account, and estimates, which follow each pause in editing one. */
  plan_by_address: { max: 30, per_ms: MINUTE_MS },
  estimate_by_address: { max: 120, per_ms: MINUTE_MS },
  /** Copies of all that somebody has, or of all that an app has: asked for by one person. */
  export_by_person: { max: 10, per_ms: HOUR_MS },
  /** An authenticator's code is good for itself and its two neighbours of 30 seconds, and once. */
  totp_code: { max: 1, per_ms: 2 * MINUTE_MS },
  /** Trial credits: of one person, of one address, of one domain of mail, and of a mail provider that anybody may be with. */
  trial_by_person: { max: 5, per_ms: 365 * DAY_MS },
  trial_by_app: { max: 1, per_ms: 365 * DAY_MS },
  trial_by_address: { max: 20, per_ms: DAY_MS },
  trial_by_mail_domain: { max: 50, per_ms: DAY_MS },
  trial_by_public_mail_domain: { max: 5_000, per_ms: DAY_MS },
} as const satisfies Record<string, { max: number; per_ms: number }>;
export type RateName = keyof typeof RATES;

/** What comes from this very machine, on a platform that runs on it, has so many times what one address has. */
export const LOCAL_ADDRESS_FACTOR = 1_000;
