import { errors, importJWK, type JWTPayload, jwtVerify } from "jose";
import * as z from "zod";
import {
  externalId,
  type IdentityAlgorithm,
  type IdentityKey,
  visitorName,
  visitorRoles,
} from "#protocol/api/identity";
import { namesOnce } from "./names-once.ts";

/** How an app checks tokens: the algorithm is its choice, never the token's. */
export type VisitorCheck = {
  enterpriseId: string;
  algorithm: IdentityAlgorithm;
  /** Of HS256; asked for only if a token could be one of this app's. */
  secrets: () => Promise<readonly string[]>;
  /** Of the others. */
  publicKeys: readonly IdentityKey[];
};
/** Who a host site says is there. `expiresAt` in milliseconds. */
export type Visitor = {
  externalId: string;
  name?: string | undefined;
  roles?: string[] | undefined;
  jti?: string | undefined;
  expiresAt: number;
};

/** A token that is good for longer than this is refused: it would be a password. */
const LONGEST_S = 24 * 3_600;
/** What clocks of two servers may differ. */
const SKEW_S = 60;

/** Three parts in base64url, with nothing around them: readers of a key may be laxer. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;

/** `kid` names one of the app's own keys; a header that brings a key, or an address of one, is refused. */
const header = z.strictObject({
  alg: z.string(),
  typ: z.string().regex(/^jwt$/i).optional(),
  kid: z.string().max(128).optional(),
});
const seconds = z.number().int().positive();
const claims = z.object({
  sub: externalId,
  aud: z.string(),
  exp: seconds,
  iat: seconds,
  jti: z.string().min(1).max(128).optional(),
  name: visitorName.optional(),
  roles: visitorRoles.optional(),
});

/** The visitor, or why not: `expired`, or `bad` for anything else. `now` in milliseconds. */
export async function verifyVisitor(
  token: string,
  check: VisitorCheck,
  now: number,
): Promise<Visitor | "expired" | "bad"> {
  const [, head = "", body = ""] = COMPACT.exec(token) ?? [];
  const told = header.safeParse(partOf(head));
  if (!told.success || told.data.alg !== check.algorithm || partOf(body) === null) return "bad";
  for (const key of await keysOf(check, told.data.kid)) {
    const payload = await payloadOf(token, key, check, now);
    if (payload === "expired") return "expired";
    if (payload !== "bad") return visitorOf(payload, check, Math.floor(now / 1000));
  }
  return "bad";
}

async function payloadOf(
  token: string,
  key: CryptoKey | Uint8Array,
  { algorithm, enterpriseId }: VisitorCheck,
  now: number,
): Promise<JWTPayload | "expired" | "bad"> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      audience: enterpriseId,
      currentDate: new Date(now),
      requiredClaims: ["exp", "iat", "sub", "aud"],
    });
    return payload;
  } catch (error) {
    return error instanceof errors.JWTExpired ? "expired" : "bad";
  }
}

function visitorOf(payload: JWTPayload, { enterpriseId }: VisitorCheck, now: number): Visitor | "bad" {
  const read = claims.safeParse(payload);
  if (!read.success) return "bad";
  const { sub, aud, exp, iat, jti, name, roles } = read.data;
  const inTime = exp <= now + LONGEST_S && iat <= now + SKEW_S && iat < exp;
  if (aud !== enterpriseId || !inTime) return "bad";
  return { externalId: sub, name, roles, jti, expiresAt: exp * 1000 };
}

/** The app's keys that the token can be signed with; a `kid` narrows them, and never finds one elsewhere. */
async function keysOf(
  { algorithm, secrets, publicKeys }: VisitorCheck,
  kid: string | undefined,
): Promise<(CryptoKey | Uint8Array)[]> {
  if (algorithm === "HS256") return (await secrets()).map((secret) => new TextEncoder().encode(secret));
  const kty = algorithm === "RS256" ? "RSA" : "EC";
  const fit = publicKeys.filter((it) => it.kty === kty);
  const named = kid === undefined ? fit : fit.filter((it) => it.kid === undefined || it.kid === kid);
  const keys = await Promise.all(named.map((it) => importJWK(jwkOf(it), algorithm).catch(() => null)));
  return keys.filter((it) => it !== null);
}

/** What verifies, and nothing else that was sent along. */
function jwkOf(key: IdentityKey) {
  return key.kty === "RSA"
    ? { kty: key.kty, n: key.n, e: key.e }
    : { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
}

/** Whether a public key can be used for anything. */
export async function isUsable(key: IdentityKey): Promise<boolean> {
  const algorithm = key.kty === "RSA" ? "RS256" : "ES256";
  return importJWK(jwkOf(key), algorithm).then(
    () => true,
    () => false,
  );
}

/** A part of a token as the object it is, each name in it once; null for anything else. */
function partOf(part: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return namesOnce(text, value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
