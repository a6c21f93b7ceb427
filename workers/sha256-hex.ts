/** The SHA-256 of some bytes, in hex. */
export async function sha256Hex(bytes: BufferSource): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
