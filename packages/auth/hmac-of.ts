import { hex } from "#base/sha256-hex";

/** HMAC-SHA-256 of a text, in hex. */
export async function hmacOf(secret: string, text: string): Promise<string> {
  const bytes = (it: string) => new TextEncoder().encode(it);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(text))));
}
