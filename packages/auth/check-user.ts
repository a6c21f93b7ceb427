import { APIError } from "better-auth/api";
import * as z from "zod";

/** Control characters, line and paragraph separators, and halves of a letter. */
const UNSPEAKABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What a person is called: agents and colleagues read it, so it is one short line. */
const personName = z
  .string("Your name must be text.")
  .trim()
  .min(1, "Your name must not be empty.")
  .max(80, "Your name must have at most 80 characters.")
  .refine((name) => !UNSPEAKABLE.test(name), "Your name must be one line without control characters.");

/** The longest address that mail can be sent to. */
const MAX_EMAIL_LENGTH = 254;

/** Where people write their names themselves: what can't be is refused there. */
const TYPED: ReadonlySet<string> = new Set(["/sign-up/email", "/update-user"]);

/** A name for who gave none, or came with one by a provider: what can be kept of it, else the address's first part. */
function nameFrom(name: unknown, email: unknown): string {
  const clean = (text: unknown) =>
    Array.from(String(text ?? "").replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, " "))
      .slice(0, 80)
      .join("")
      .trim();
  return clean(name) || clean(String(email ?? "").split("@")[0]) || "Somebody";
}

type UserData = { name?: unknown; email?: unknown };

function refuse(code: string, message: string): never {
  throw new APIError("BAD_REQUEST", { code, message });
}

/**
 * Checks what of a person is about to be written, new or changed, and trims the name. A guest who proves an address of
 * their own is a guest no more: the same person, with all that is theirs.
 * Errors: 400 in better-auth's shape, `INVALID_NAME` or `INVALID_EMAIL`.
 */
export async function checkUser(
  user: UserData,
  ctx: { path: string } | null,
): Promise<{ data: { name?: string; isAnonymous?: boolean } }> {
  if (typeof user.email === "string" && user.email.length > MAX_EMAIL_LENGTH) {
    refuse("INVALID_EMAIL", `Your e-mail address must have at most ${MAX_EMAIL_LENGTH} characters.`);
  }
  const known =
    ctx?.path === "/email-otp/change-email" && user.email !== undefined ? { isAnonymous: false } : {};
  if (user.name === undefined) return { data: known };
  if (ctx && !TYPED.has(ctx.path)) return { data: { name: nameFrom(user.name, user.email), ...known } };
  const name = personName.safeParse(user.name);
  if (!name.success) refuse("INVALID_NAME", name.error.issues[0]?.message ?? "Invalid name");
  return { data: { name: name.data, ...known } };
}
