import { drizzleAdapter } from "@better-auth/drizzle-adapter";
import { betterAuth } from "better-auth/minimal";
import { bearer } from "better-auth/plugins/bearer";
import type { NewId } from "#base/new-id";
import type { Db } from "#enterprises/db";
import { checkUser } from "./check-user.ts";
import { PROOFS_BY_MAIL, proveMailbox } from "./prove-mailbox.ts";
import { realmField, realmOfPlugins } from "./realm-field.ts";
import { askSecondStep, type Offer, signInOptions } from "./sign-in-ways.ts";
import { account, passkey, session, twoFactor, user, verification } from "./tables.ts";
import { withRealm } from "./with-realm.ts";

/** Hashes and checks passwords; `verify` is false for anything that does not match. */
export type PasswordHasher = {
  hash(password: string): Promise<string>;
  verify(it: { hash: string; password: string }): Promise<boolean>;
};

export type AuthDeps = {
  db: Db;
  newId: NewId;
  passwords: PasswordHasher;
  /** At least 32 characters; signs session tokens. */
  secret: string;
  realm: string;
  /** Origin the caller used, already known to be ours, e.g. `https://acme.mozaiks.app`. */
  origin: string;
  /** The ways in; null where only sessions are looked up, which is most requests. */
  offer: Offer | null;
  /** Told of each session that is over before its time: signed out, revoked, or its user gone. */
  onSessionEnd: (ended: EndedSession) => void;
  /** Told of each person who has just proven their address. */
  onProven: (userId: string) => void;
};
export type EndedSession = { user_id: string; session_id: string };

const guestField = {
  isAnonymous: { type: "boolean", required: false, input: false, defaultValue: false },
} as const;

/** Kept out: what no page of ours needs, proofs that are neither hashed nor for once, and deprecated twins. */
const DISABLED = [
  "/link-social",
  "/unlink-account",
  "/account-info",
  "/verify-email",
  "/forget-password/email-otp",
];

/**
 * better-auth for one request in one realm: browser cookie or bearer token, and the ways in that are offered.
 * Never cached: an instance shared between requests can hang after an aborted one.
 */
export function makeAuth(deps: AuthDeps) {
  const offered = deps.offer && signInOptions(deps.offer, deps);
  const secure = deps.origin.startsWith("https:");
  const adapter = drizzleAdapter(deps.db, {
    provider: "sqlite",
    transaction: false,
    schema: { user, session, account, verification, twoFactor, passkey },
  });
  return betterAuth({
    appName: "Mozaiks",
    baseURL: deps.origin,
    basePath: "/api/auth",
    secret: deps.secret,
    trustedOrigins: [deps.origin],
    database: withRealm(adapter, deps.realm),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    // A fault of ours is thrown, so that it is told and logged as any other: better-auth would print queries with addresses.
    onAPIError: { errorURL: "/sign-in", throw: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: deps.passwords,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => {
        if (!user.emailVerified) await proveMailbox(deps.db, deps.realm, user.id);
      },
      ...offered?.emailAndPassword,
    },
    emailVerification: offered?.emailVerification ?? {},
    socialProviders: offered?.socialProviders ?? {},
    ...(offered && { hooks: offered.hooks }),
    user: { additionalFields: { ...realmField, ...guestField } },
    databaseHooks: {
      user: {
        create: { before: checkUser },
        update: {
          before: checkUser,
          after: async (user, ctx) => {
            if (ctx && PROOFS_BY_MAIL.has(ctx.path)) await proveMailbox(deps.db, deps.realm, user.id);
            if (user.emailVerified) deps.onProven(user.id);
          },
        },
      },
      session: {
        create: { before: askSecondStep(deps.offer) },
        delete: { after: async ({ id, userId }) => deps.onSessionEnd({ session_id: id, user_id: userId }) },
      },
    },
    session: { additionalFields: realmField },
    account: {
      additionalFields: realmField,
      encryptOAuthTokens: true,
      accountLinking: { trustedProviders: [] },
    },
    // Whoever reads the database finds no token that works.
    verification: { additionalFields: realmField, storeIdentifier: "hashed" },
    disabledPaths: [...DISABLED, ...(offered?.disabledPaths ?? ["/sign-in/social"])],
    // `bearer` last: a session that waits for its second step gives no token.
    plugins: [...(offered ? [...offered.plugins, realmOfPlugins] : []), bearer()],
    advanced: {
      // `__Host-` needs Secure, so plain http (local work) goes without the prefix.
      useSecureCookies: false,
      cookiePrefix: secure ? "__Host-mozaiks" : "mozaiks",
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
      // Set by the edge; what a caller forwards is stripped before.
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      database: { generateId: ({ model }) => deps.newId(model) },
    },
  });
}
export type Auth = ReturnType<typeof makeAuth>;
