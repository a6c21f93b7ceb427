/** The SHA-256 of a text (as UTF-8) or of some bytes, in hex. */
export async function sha256Hex(of: string | ArrayBuffer | ArrayBufferView): Promise<string> {
  // No memory of ours is shared, which is all that the types fear.
  const bytes = typeof of === "string" ? new TextEncoder().encode(of) : (of as ArrayBufferView<ArrayBuffer>);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** `Uint8Array.toHex`, which Node lacks. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
