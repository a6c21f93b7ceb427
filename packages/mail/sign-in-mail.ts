import { type Mail, type MailLook, writeMail } from "./mail.ts";

/** What signing in has to tell people by mail. Codes and tokens stand in the message and nowhere else. */
export type SignInMail =
  | { kind: "sign_in_code" | "verify_code" | "reset_code" | "change_code"; to: string; code: string }
  | { kind: "sign_in_link" | "reset_link"; to: string; url: string }
  | { kind: "no_account"; to: string };

const UNASKED = "If you did not ask for this, do nothing: without it nobody gets in.";

/** The message in the look of the site that it was asked for on. */
export function signInMail(it: SignInMail, look: MailLook): Mail {
  const { name } = look;
  switch (it.kind) {
    case "sign_in_code":
      return writeMail(it.to, look, {
        subject: `${it.code} is your code for ${name}`,
        lead: `Your code to sign in to ${name}. It is good for five minutes, once.`,
        code: it.code,
        end: UNASKED,
      });
    case "verify_code":
    case "change_code":
      return writeMail(it.to, look, {
        subject: `${it.code} confirms your address for ${name}`,
        lead: `Your code to confirm this e-mail address in ${name}. It is good for five minutes, once.`,
        code: it.code,
        end: "If you did not ask for this, do nothing: the address stays unconfirmed.",
      });
    case "reset_code":
      return writeMail(it.to, look, {
        subject: `${it.code} is your code for a new password in ${name}`,
        lead: `Your code to set a new password in ${name}. It is good for five minutes, once.`,
        code: it.code,
        end: UNASKED,
      });
    case "sign_in_link":
      return writeMail(it.to, look, {
        subject: `Sign in to ${name}`,
        lead: `Here is your link to sign in to ${name}. It is good for five minutes, once.`,
        link: { label: `Sign in to ${name}`, url: it.url },
        end: UNASKED,
      });
    case "reset_link":
      return writeMail(it.to, look, {
        subject: `A new password for ${name}`,
        lead: `Here is your link to set a new password in ${name}. It is good for 30 minutes, once.`,
        link: { label: "Set a new password", url: it.url },
        end: UNASKED,
      });
    case "no_account":
      return writeMail(it.to, look, {
        subject: `About your request to ${name}`,
        lead: `Somebody asked ${name} for a mail to this address, but there is no account with it, or nothing to do for it.`,
        end: "If that was you, try another address or create an account. If not, do nothing.",
      });
  }
}
