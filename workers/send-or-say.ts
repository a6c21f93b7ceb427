import { mailboxOf } from "#auth/attempts";
import { appError } from "#base/app-error";
import type { Mail } from "#mail/mail";
import type { Deps } from "./compose.ts";
import { mailFor } from "./mail-for.ts";
import { mustBeFew } from "./rate-limiter/limit.ts";

/** How the foundry's mail looks. */
export const FOUNDRY_LOOK = { name: "Mozaiks", colour: "#333333" };

/** Sends a mail that somebody waits for. Errors: UNAVAILABLE; RATE_LIMITED, when its mailbox has got enough. */
export async function sendOrSay(deps: Deps, mail: Mail): Promise<void> {
  const send = mailFor(deps);
  if (send === null) throw appError("UNAVAILABLE", {}, "There is no way to send mail here.");
  await mustBeFew(deps, [[{ rate: "mail_by_mailbox", of: mailboxOf(mail.to) }]]);
  await send(mail).catch(() => {
    throw appError("UNAVAILABLE", {}, "The e-mail could not be sent. Try again in a minute.");
  });
}
