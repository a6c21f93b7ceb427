import { errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import { id } from "#protocol/ids";

/** What a chat token says: who may connect to which tenant, and to which chat if it names one. */
const chatClaims = z.object({
  sub: id,
  enterprise_id: id,
  chat_id: id.optional(),
  realm: id,
  /** The session it was made in: the token is good for no longer than that. */
  session_id: id.optional(),
  /** The API key that asked for it, for an end user: good for no longer than the key. */
  key_id: id.optional(),
});
export type ChatClaims = z.infer<typeof chatClaims>;

const AUDIENCE = "mozaiks.chat";
const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** Signs a socket token (HS256). Times are milliseconds since the epoch; the token's own are whole seconds. */
export async function signChatToken(
  claims: ChatClaims,
  secret: string,
  now: number,
  ttlMs: number,
): Promise<{ token: string; expiresAt: number }> {
  const expires = Math.floor((now + ttlMs) / 1000);
  const { sub, ...rest } = claims;
  const token = await new SignJWT(rest)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(sub)
    .setAudience(AUDIENCE)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(expires)
    .sign(keyOf(secret));
  return { token, expiresAt: expires * 1000 };
}

/** The claims, or why not: `expired`, or `bad` for anything that is not a token of ours. */
export async function verifyChatToken(
  token: string,
  secret: string,
  now: number,
): Promise<ChatClaims | "expired" | "bad"> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ["HS256"],
      audience: AUDIENCE,
      currentDate: new Date(now),
      requiredClaims: ["exp", "sub"],
    });
    const claims = chatClaims.safeParse(payload);
    return claims.success ? claims.data : "bad";
  } catch (error) {
    return error instanceof errors.JWTExpired ? "expired" : "bad";
  }
}
