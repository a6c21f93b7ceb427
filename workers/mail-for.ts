import { keepMail } from "#mail/local-mailbox";
import type { Mail } from "#mail/mail";
import type { Deps } from "./compose.ts";
import type { Env } from "./env.ts";

const RESEND = "https://api.resend.com/emails";
const ATTEMPTS = 3;
const PAUSE_MS = 300;
const TIMEOUT_MS = 10_000;

/** Sends one message. Throws if no try came through; why stands in the log, without the message. */
export type SendMail = (mail: Mail) => Promise<void>;

/** A provider that won't take this message, however often it is asked. */
class Refused extends Error {}

/** The only way to send mail: Resend, Cloudflare's binding, or this machine's own mailbox. Null: no mail here. */
export function mailFor(deps: Deps): SendMail | null {
  const way = wayOf(deps.env);
  if (way === null) return null;
  return async (mail) => {
    const key = deps.newId("mail");
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await way(deps, mail, key);
      } catch (error) {
        const last = attempt >= ATTEMPTS || error instanceof Refused;
        const cause = error instanceof Refused ? error.message : "unreachable";
        deps.log(last ? "error" : "warn", "mail.not_sent", { attempt, mail_id: key, cause });
        if (last) throw new Error("mail not sent");
        await deps.wait(PAUSE_MS * attempt, new AbortController().signal);
      }
    }
  };
}

type Way = (deps: Deps, mail: Mail, key: string) => Promise<void>;

function wayOf(env: Env): Way | null {
  if (env.MAIL_FROM && env.RESEND_API_KEY) return byResend;
  if (env.MAIL_FROM && env.EMAIL) return byCloudflare;
  return hasMailbox(env) ? (deps, mail) => keepMail(deps.db, mail, deps.clock.now()) : null;
}

/** Whether mail really goes out from here, to mailboxes that somebody must have. */
export function sendsMail(env: Env): boolean {
  return Boolean(env.MAIL_FROM && (env.RESEND_API_KEY || env.EMAIL));
}

/** Whether this Worker keeps its mail to be read at `/dev/mail`. */
export function hasMailbox(env: Env): boolean {
  return env.MAILBOX === "local";
}

const byResend: Way = async ({ env, outside }, { to, subject, text, html }, key) => {
  const answer = await outside.fetch(RESEND, {
    method: "POST",
    // One key for all tries of one message: it is sent once.
    headers: {
      authorization: `Bearer ${env.RESEND_API_KEY}`,
      "content-type": "application/json",
      "idempotency-key": key,
    },
    body: JSON.stringify({ from: env.MAIL_FROM, to: [to], subject, text, html }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "manual",
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  if (answer.status === 429 || answer.status >= 500) throw new Error(`status ${answer.status}`);
  throw new Refused(`status ${answer.status}`);
};

const byCloudflare: Way = async ({ env }, { to, subject, text, html }) => {
  await env.EMAIL?.send({ from: env.MAIL_FROM ?? "", to, subject, text, html });
};
