import { type Mail, type MailLook, writeMail } from "./mail.ts";

/** To somebody who shall run an app with others. Says who asks by their address: names are whatever people write. */
export function memberInvitationMail(
  it: { to: string; app: string; by: string; role: string; url: string },
  look: MailLook,
): Mail {
  return writeMail(it.to, look, {
    subject: `You are invited to ${it.app}`,
    lead: `${it.by} invites you to run the app “${it.app}” on ${look.name} with them, as ${it.role}. The invitation is good for seven days, once, with an account of this address.`,
    link: { label: "See the invitation", url: it.url },
    end: "If you don't know who this is from, do nothing: without it nothing happens.",
  });
}
