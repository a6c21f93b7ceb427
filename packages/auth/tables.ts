import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The tables of better-auth, each with the realm it belongs to: `foundry`, or an enterprise_id.
 * `withRealm` is the only reader and writer of `realm`. No foreign keys: deleting a tenant deletes by realm.
 */
const at = (name: string) => integer(name, { mode: "timestamp_ms" });

export const user = sqliteTable(
  "user",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    emailVerified: integer("email_verified", { mode: "boolean" }).notNull().default(false),
    image: text("image"),
    /** A guest: an account without an address of its own, until its person gives one. */
    isAnonymous: integer("is_anonymous", { mode: "boolean" }).notNull().default(false),
    twoFactorEnabled: integer("two_factor_enabled", { mode: "boolean" }).notNull().default(false),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("user_realm_email").on(t.realm, t.email),
    index("user_guests").on(t.realm, t.createdAt).where(sql`is_anonymous = 1`),
  ],
);

export const session = sqliteTable(
  "session",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    token: text("token").notNull().unique("session_token"),
    userId: text("user_id").notNull(),
    expiresAt: at("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (t) => [index("session_user").on(t.userId), index("session_realm").on(t.realm)],
);

export const account = sqliteTable(
  "account",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    userId: text("user_id").notNull(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: at("access_token_expires_at"),
    refreshTokenExpiresAt: at("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (t) => [
    index("account_user").on(t.userId),
    uniqueIndex("account_realm_provider").on(t.realm, t.providerId, t.accountId),
  ],
);

export const verification = sqliteTable(
  "verification",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: at("expires_at").notNull(),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (t) => [index("verification_realm_identifier").on(t.realm, t.identifier)],
);

/** The second step of a sign-in: an authenticator app's secret and what replaces it, both encrypted. */
export const twoFactor = sqliteTable(
  "two_factor",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    userId: text("user_id").notNull(),
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    /** True once a code has shown that the app holds the secret. */
    verified: integer("verified", { mode: "boolean" }).notNull().default(true),
    failedVerificationCount: integer("failed_verification_count").notNull().default(0),
    lockedUntil: at("locked_until"),
  },
  (t) => [index("two_factor_user").on(t.userId), index("two_factor_realm").on(t.realm)],
);

/** Public keys of people's devices, each good for the one host it was made on. */
export const passkey = sqliteTable(
  "passkey",
  {
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    userId: text("user_id").notNull(),
    name: text("name"),
    publicKey: text("public_key").notNull(),
    credentialID: text("credential_id").notNull(),
    counter: integer("counter").notNull(),
    deviceType: text("device_type").notNull(),
    backedUp: integer("backed_up", { mode: "boolean" }).notNull(),
    transports: text("transports"),
    createdAt: at("created_at"),
    aaguid: text("aaguid"),
  },
  (t) => [
    index("passkey_user").on(t.userId),
    uniqueIndex("passkey_realm_credential").on(t.realm, t.credentialID),
  ],
);

/** First answers of creating requests, kept to be given again. `status` 0: the first request is still at work. */
export const idempotencyKey = sqliteTable(
  "idempotency_key",
  {
    /** `{realm}:{user_id}:{key}`. */
    id: text("id").primaryKey(),
    realm: text("realm").notNull(),
    /** SHA-256 of method, path and body, in hex. */
    requestHash: text("request_hash").notNull(),
    status: integer("status").notNull(),
    body: text("body"),
    createdAt: integer("created_at").notNull(),
    /** What the answer is about; deleting it takes the key along. */
    enterpriseId: text("enterprise_id"),
  },
  (t) => [index("idempotency_key_realm").on(t.realm), index("idempotency_key_enterprise").on(t.enterpriseId)],
);

/** Whom to delete with all they have: a row is there until it is done, whatever breaks off on the way. */
export const erasure = sqliteTable(
  "erasure",
  {
    realm: text("realm").notNull(),
    userId: text("user_id").notNull(),
    /** When it is to be tried again: milliseconds since the epoch. */
    nextAt: integer("next_at").notNull(),
    tries: integer("tries").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.realm, t.userId] }), index("erasure_due").on(t.nextAt)],
);
