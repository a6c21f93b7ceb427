/**
 * Secrets at rest: AES-256-GCM under a key derived (HKDF) from the platform's own secret, bound to `label`, so that
 * what is copied to another place does not open there.
 */
export async function seal(platformSecret: string, label: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(platformSecret);
  const data = await crypto.subtle.encrypt(aes(iv, label), key, new TextEncoder().encode(text));
  return [iv, new Uint8Array(data)].map((bytes) => btoa(String.fromCharCode(...bytes))).join(".");
}

/** The text, or null if it does not open: another platform secret, or another place. */
export async function unseal(platformSecret: string, label: string, sealed: string): Promise<string | null> {
  try {
    const [iv, data] = sealed.split(".").map((it) => Uint8Array.from(atob(it), (char) => char.charCodeAt(0)));
    if (!iv || !data) return null;
    const opened = await crypto.subtle.decrypt(aes(iv, label), await keyOf(platformSecret), data);
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

function aes(iv: Uint8Array<ArrayBuffer>, label: string): SubtleCryptoEncryptAlgorithm {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(label) };
}

async function keyOf(platformSecret: string): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey("raw", new TextEncoder().encode(platformSecret), "HKDF", false, [
    "deriveKey",
  ]);
  const info = new TextEncoder().encode("mozaiks webhook secrets");
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(hkdf, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
