import { call } from "./client.ts";

type KeptMail = { to: string; subject: string; text: string };

/** What was sent to somebody, newest first, as the local mailbox shows it. */
export async function mailsTo(email: string): Promise<KeptMail[]> {
  const { body } = await call("/dev/mail.json");
  return (body as { items: KeptMail[] }).items.filter(({ to }) => to === email);
}

/** The six digits of the newest mail. */
export async function codeOfMail(email: string): Promise<string> {
  const code = /^\d{6}$/m.exec((await mailsTo(email))[0]?.text ?? "")?.[0];
  if (!code) throw new Error(`no code for ${email}`);
  return code;
}

/** The token of the link in the newest mail. */
export async function tokenOfMail(email: string): Promise<string> {
  const token = /#token=(\S+)$/m.exec((await mailsTo(email))[0]?.text ?? "")?.[1];
  if (!token) throw new Error(`no link for ${email}`);
  return token;
}
