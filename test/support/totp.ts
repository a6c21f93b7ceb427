/** The six digits that an authenticator app shows (RFC 6238: HMAC-SHA-1, 30 s). `secret` in base32, `at` in milliseconds. */
export async function totp(secret: string, at: number): Promise<string> {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = Array.from(secret.replace(/=+$/, ""), (it) =>
    alphabet.indexOf(it).toString(2).padStart(5, "0"),
  ).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (it) => Number.parseInt(it, 2));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(at / 30_000)));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const code = mac.getUint32(mac.getUint8(19) & 0xf) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, "0");
}
