/** What somebody tries at sign-in, for those who count: `email` is the account, or the mailbox that is written to. */
export type Attempt = {
  kind: "sign_in" | "sign_up" | "mail" | "proof" | "guest" | "account";
  email?: string;
};

const KINDS: Record<string, Attempt["kind"]> = {
  "/sign-in/email": "sign_in",
  "/sign-up/email": "sign_up",
  "/sign-in/anonymous": "guest",
  ...each("mail", [
    "/request-password-reset",
    "/email-otp/request-password-reset",
    "/email-otp/send-verification-otp",
    "/send-verification-email",
    "/sign-in/magic-link",
    "/email-otp/request-email-change",
    "/change-email",
  ]),
  ...each("proof", [
    "/sign-in/email-otp",
    "/email-otp/verify-email",
    "/email-otp/check-verification-otp",
    "/email-otp/reset-password",
    "/email-otp/change-email",
    "/magic-link/verify",
    "/reset-password",
    "/reset-password/:token",
    "/callback/:id",
    "/two-factor/verify-totp",
    "/two-factor/verify-otp",
    "/two-factor/verify-backup-code",
    "/passkey/verify-authentication",
  ]),
};

/** What only tells, or ends something: as often as one likes. */
const FREE: ReadonlySet<string> = new Set([
  "/get-session",
  "/list-sessions",
  "/list-accounts",
  "/passkey/list-user-passkeys",
  "/sign-out",
  "/ok",
  "/error",
]);

/** What a call of better-auth's routes is an attempt at; null for what is none. By the route that was matched, not by how it was spelt. */
export function attemptOf(path: string, body: unknown): Attempt | null {
  if (FREE.has(path)) return null;
  const kind = KINDS[path] ?? "account";
  const { email, newEmail } = (body ?? {}) as { email?: unknown; newEmail?: unknown };
  const named = email ?? newEmail;
  return typeof named === "string" ? { kind, email: named.trim().toLowerCase() } : { kind };
}

/** The mailbox behind an address: what stands behind `+` is its owner's own affair. */
export function mailboxOf(email: string): string {
  const [name = "", ...domain] = email.toLowerCase().split("@");
  return [name.split("+")[0], ...domain].join("@");
}

function each(kind: Attempt["kind"], paths: readonly string[]): Record<string, Attempt["kind"]> {
  return Object.fromEntries(paths.map((path) => [path, kind]));
}
