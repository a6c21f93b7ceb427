import { APIError } from "better-auth/api";

/** What signing in wants to tell somebody by mail; `workers/` writes and sends it. */
export type AuthMail =
  | { kind: "sign_in_code" | "verify_code" | "reset_code" | "change_code"; to: string; code: string }
  | { kind: "sign_in_link" | "reset_link"; to: string; url: string }
  | { kind: "no_account"; to: string };

/** Routes that mail somebody. Each sends exactly one mail whether or not there is an account (T18). */
const MAILING: Record<string, "email" | "newEmail"> = {
  "/request-password-reset": "email",
  "/email-otp/request-password-reset": "email",
  "/forget-password/email-otp": "email",
  "/email-otp/send-verification-otp": "email",
  "/send-verification-email": "email",
  "/sign-in/magic-link": "email",
  "/email-otp/request-email-change": "newEmail",
};

type Asked = { path?: string; body?: unknown; context: { returned?: unknown } };

/** Mail of one request: put while it is worked on, sent before it is answered. */
export function outbox(sendMail: ((mail: AuthMail) => Promise<void>) | null) {
  const waiting: AuthMail[] = [];
  return {
    put: (mail: AuthMail) => void waiting.push(mail),
    /**
     * Sends what waits. Where nothing does although the route mails, the address is told that there is nothing to do
     * for it: the same answer after the same work. Error: 502 MAIL_FAILED, also the same for both.
     */
    async send({ path = "", body, context }: Asked): Promise<void> {
      const field = MAILING[path];
      const failed = context.returned instanceof Error;
      const to = field && (body as Record<string, unknown> | undefined)?.[field];
      if (!failed && waiting.length === 0 && typeof to === "string") waiting.push({ kind: "no_account", to });
      for (const mail of waiting.splice(0)) {
        try {
          await sendMail?.(mail);
        } catch {
          // Who has just signed up is in; the proof of the address can be asked for again.
          if (field === undefined) continue;
          throw new APIError("BAD_GATEWAY", {
            code: "MAIL_FAILED",
            message: "The e-mail could not be sent. Try again in a minute.",
          });
        }
      }
    },
  };
}
export type Outbox = ReturnType<typeof outbox>;
