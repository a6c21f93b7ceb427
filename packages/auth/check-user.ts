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

type UserData = { name?: unknown; email?: unknown };

function refuse(code: string, message: string): never {
  throw new APIError("BAD_REQUEST", { code, message });
}

/**
 * Checks what of a person is about to be written, new or changed, and trims the name.
 * Errors: 400 in better-auth's shape, `INVALID_NAME` or `INVALID_EMAIL`.
 */
export async function checkUser(user: UserData): Promise<{ data: { name?: string } }> {
  if (typeof user.email === "string" && user.email.length > MAX_EMAIL_LENGTH) {
    refuse("INVALID_EMAIL", `Your e-mail address must have at most ${MAX_EMAIL_LENGTH} characters.`);
  }
  if (user.name === undefined) return { data: {} };
  const name = personName.safeParse(user.name);
  if (!name.success) refuse("INVALID_NAME", name.error.issues[0]?.message ?? "Invalid name");
  return { data: { name: name.data } };
}
