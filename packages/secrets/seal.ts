/**
 * AES-256-GCM as text: `iv.ciphertext`, both base64url, a fresh 96-bit IV each time. `aad` binds the text to its
 * place: it opens only with the very same one.
 */
export type Key = Awaited<ReturnType<typeof importKey>>;

const IV_BYTES = 12;

/** @param bytes 32 of them */
export function importKey(bytes: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(key: Key, aad: string, plain: Uint8Array<ArrayBuffer>): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const additionalData = new TextEncoder().encode(aad);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain);
  return `${toText(iv)}.${toText(new Uint8Array(sealed))}`;
}

/** Null: not sealed with this key for this place, or changed since. */
export async function unseal(key: Key, aad: string, sealed: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const [iv, text] = sealed.split(".");
  if (!iv || !text) return null;
  const additionalData = new TextEncoder().encode(aad);
  try {
    const params = { name: "AES-GCM", iv: toBytes(iv), additionalData };
    return new Uint8Array(await crypto.subtle.decrypt(params, key, toBytes(text)));
  } catch {
    return null;
  }
}

function toText(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
