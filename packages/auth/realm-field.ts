import type { BetterAuthPlugin } from "better-auth";

/** The realm as better-auth knows it: never taken from a caller, never shown. */
export const realmField = {
  realm: { type: "string", required: false, input: false, returned: false },
} as const;

/** The same for the tables that plugins bring. */
export const realmOfPlugins: BetterAuthPlugin = {
  id: "mozaiks-realm",
  schema: { twoFactor: { fields: realmField }, passkey: { fields: realmField } },
};
