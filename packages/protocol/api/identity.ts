import * as z from "zod";
import { id, time } from "../ids.ts";

/** The host site's own id of a visitor: opaque, one line. */
export const externalId = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(text), "must be one line without control characters");

/** What a visitor is called: agents and colleagues read it. */
export const visitorName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(name), "must be one line without control characters");

/** How host pages sign what they say of their visitors. One per app, so that no token chooses its own. */
export const identityAlgorithm = z.enum(["HS256", "RS256", "ES256"]);
export type IdentityAlgorithm = z.infer<typeof identityAlgorithm>;

const base64url = z.string().regex(/^[\w-]{1,1400}$/, "must be base64url");
/** `d` is a text in private keys. */
const NO_PRIVATE_PART = z.null().optional();
/** A public key as a JWK: RSA of 2,048 bits or more, or P-256. A private one is refused. */
export const identityKey = z
  .discriminatedUnion("kty", [
    z.object({
      kty: z.literal("RSA"),
      kid: id.optional(),
      n: base64url,
      e: base64url,
      d: NO_PRIVATE_PART,
    }),
    z.object({
      kty: z.literal("EC"),
      crv: z.literal("P-256"),
      kid: id.optional(),
      x: base64url,
      y: base64url,
      d: NO_PRIVATE_PART,
    }),
  ])
  .refine((key) => key.kty !== "RSA" || key.n.length >= 342, "must have at least 2,048 bits");
export type IdentityKey = z.infer<typeof identityKey>;

const origin = z.string().refine((text) => {
  const url = URL.parse(text);
  const local = url !== null && ["localhost", "127.0.0.1"].includes(url.hostname);
  return (
    url !== null &&
    url.origin === text &&
    !text.includes("*") &&
    (url.protocol === "https:" || (local && url.protocol === "http:"))
  );
}, "must be an origin, like 'https://www.example.com'");

/** Each optional; what is absent stays. `algorithm: null` turns signed identity off. */
export const changeIdentity = z
  .object({
    algorithm: identityAlgorithm.nullable().optional(),
    public_keys: z.array(identityKey).max(5).optional(),
    origins: z.array(origin).max(20).optional(),
    share_text: z.boolean().optional(),
  })
  .refine((it) => Object.keys(it).length > 0, "must change something");

export const identitySecret = z.object({ secret_id: z.string(), created_at: time });
export const identitySettings = z.object({
  algorithm: identityAlgorithm.nullable(),
  public_keys: z.array(identityKey),
  /** Sites whose pages may hold the app in a frame, sign visitors in, and call its chats from a script. */
  origins: z.array(z.string()),
  /** Whether those pages are told what is said in a chat; if not, only that something was. */
  share_text: z.boolean(),
  /** Of HS256: at most two, so that one can take the other's place. Never their values. */
  secrets: z.array(identitySecret),
});
export type IdentitySettings = z.infer<typeof identitySettings>;

/** The one answer that holds the secret itself. */
export const createdIdentitySecret = identitySecret.extend({ secret: z.string() });
export type CreatedIdentitySecret = z.infer<typeof createdIdentitySecret>;

export const MAX_IDENTITY_TOKEN = 8 * 1024;
const sessionToken = z.string().min(1).max(1_024);
/**
 * `token`: the JWT that the host page's server signed for its visitor. `session_token`: the one from before, if any: it
 * stays for the same visitor, and ends for another.
 */
export const exchangeIdentity = z.object({
  enterprise_id: id,
  token: z.string().min(1).max(MAX_IDENTITY_TOKEN),
  session_token: sessionToken.optional(),
});
/** `session_token`: a bearer token of the app's own address. */
export const visitorSession = z.object({
  session_token: z.string(),
  expires_at: time,
  user_id: z.string(),
  name: z.string(),
});
export type VisitorSession = z.infer<typeof visitorSession>;
/** Somebody whom nobody has signed: where the app lets guests in. */
export const guestSession = z.object({ enterprise_id: id });
export const endVisitorSession = z.object({ enterprise_id: id, session_token: sessionToken });
export const signedOut = z.object({ signed_out: z.literal(true) });
