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
  const key = await keyOf(secret);
  if (!key) return false;
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  let found = false;
  for (const one of signature.split(" ").slice(0, MAX_SIGNATURES)) {
    const given = one.startsWith("v1,") ? bytesOf(one.slice(3)) : null;
    // The platform compares in constant time.
    if (given && (await crypto.subtle.verify("HMAC", key, given, signed))) found = true;
  }
  return found;
}

/**
 * The headers of a request, signed with each of these secrets: two while one takes the place of another. Error: a
 * secret that is none.
 */
export async function signHook(
  secrets: readonly string[],
  id: string,
  body: string,
  nowMs: number,
): Promise<HookHeaders> {
  const timestamp = String(Math.floor(nowMs / 1_000));
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = secrets.map(async (secret) => {
    const key = await keyOf(secret);
    if (!key) throw new Error("not a signing secret");
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
    return `v1,${btoa(String.fromCharCode(...bytes))}`;
  });
  return { id, timestamp, signature: (await Promise.all(signatures)).join(" ") };
}

async function keyOf(secret: string) {
  const bytes = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "");
  if (!bytes || bytes.byteLength < 24) return null;
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
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
