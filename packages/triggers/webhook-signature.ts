/** How far a request's time may be from ours. */
const WINDOW_S = 5 * 60;
const PREFIX = "whsec_";
const MAX_SIGNATURES = 10;
/** No dot: it parts id, time and body in what is signed. */
const ID = /^[\w\-:]{1,128}$/;
const SECONDS = /^\d{1,12}$/;

/** The headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` of a request. */
export type HookHeaders = { id: string; timestamp: string; signature: string };

/** A new signing secret, of 32 random bytes. */
export function newHookSecret(randomBytes: (into: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(32);
  randomBytes(bytes);
  return PREFIX + btoa(String.fromCharCode(...bytes));
}

/**
 * Whether a request is of who knows the secret, and of now: HMAC-SHA256 over `id.timestamp.body`, one of the
 * signatures `v1,{base64}`, as Standard Webhooks has it
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
export async function isSigned(
  secret: string,
  headers: HookHeaders,
  body: string,
  nowMs: number,
): Promise<boolean> {
  const { id, timestamp, signature } = headers;
  if (!ID.test(id) || !SECONDS.test(timestamp)) return false;
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > WINDOW_S) return false;
  const key = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "");
  if (!key || key.byteLength < 24) return false;
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, hmac, false, ["verify"]);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  let found = false;
  for (const one of signature.split(" ").slice(0, MAX_SIGNATURES)) {
    const given = one.startsWith("v1,") ? bytesOf(one.slice(3)) : null;
    // The platform compares in constant time.
    if (given && (await crypto.subtle.verify("HMAC", imported, given, signed))) found = true;
  }
  return found;
}

/** Only the one spelling of its bytes: Base64 that decodes leniently would let changed signatures pass. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(base64);
    return btoa(binary) === base64 ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}
