import * as z from "zod";

/** A provider's public name of an app; its secret stands with the app's secrets. */
const clientId = z
  .string()
  .regex(/^[\w.-]{4,200}$/, "must be the client id that the provider shows")
  .nullable();

/** How an app's users may sign in besides password, code and passkey. Null: not by this provider. */
export const signInSettings = z.object({
  /** Whether people may begin without an address, as guests. */
  guests: z.boolean(),
  google_client_id: clientId,
  github_client_id: clientId,
});
export type SignInSettings = z.infer<typeof signInSettings>;

/** The ways that an address offers right now; a page shows exactly these. */
export const signInWays = z.object({
  password: z.boolean(),
  /** A code by e-mail, and with it a link, a new password and the proof of an address. */
  email: z.boolean(),
  passkey: z.boolean(),
  google: z.boolean(),
  github: z.boolean(),
  guest: z.boolean(),
});
export type SignInWays = z.infer<typeof signInWays>;
