import { type Attempt, mailboxOf } from "#auth/attempts";
import { addressOf } from "../rate-limiter/address-of.ts";
import { type Count, limit, type TooMany } from "../rate-limiter/limit.ts";
import type { Ctx } from "./call.ts";

/** Counts one attempt at this address; null where it may be made. Before anything is looked up, hashed or written. */
export function admit(c: Ctx, attempt: Attempt): Promise<TooMany | null> {
  return limit(c.env.deps, countsOf(attempt, addressOf(c.req.raw.headers, c.env.deps.env), c.var.host.realm));
}

/** Each account and guest counts in its realm; mail and new accounts count wherever they are made: mailboxes and addresses are the same everywhere. */
function countsOf({ kind, email }: Attempt, address: string, realm: string): Count[][] {
  const mailbox: Count[][] = email === undefined ? [] : [[{ rate: "mail_by_mailbox", of: mailboxOf(email) }]];
  switch (kind) {
    case "sign_in": {
      const byAddress: Count = { rate: "sign_in_by_address", of: address };
      if (email === undefined) return [[byAddress]];
      const account = `${realm} ${email}`;
      return [
        [byAddress, { rate: "sign_in_by_account_and_address", of: `${account} ${address}` }],
        [{ rate: "sign_in_by_account", of: account }],
      ];
    }
    case "sign_up":
      return [[{ rate: "sign_up_by_address", of: address }], ...mailbox];
    case "mail":
      return [[{ rate: "mail_by_address", of: address }], ...mailbox];
    case "guest":
      return [[{ rate: "guest_by_address", of: address }], [{ rate: "guest_by_app", of: realm }]];
    case "proof":
      return [[{ rate: "proof_by_address", of: address }]];
    case "account":
      return [[{ rate: "account_by_address", of: address }]];
  }
}
