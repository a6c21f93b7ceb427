const encoder = new TextEncoder();

/** An upper estimate for text of any script: one token for three bytes of UTF-8 (four is usual for English). */
export function upperTokens(...parts: unknown[]): number {
  let bytes = 0;
  for (const part of parts) bytes += byteLength(typeof part === "string" ? part : JSON.stringify(part));
  return Math.ceil(bytes / 3);
}

/** The usual estimate where a provider reported nothing: one token for four bytes of UTF-8. */
export function usualTokens(text: string): number {
  return Math.ceil(byteLength(text) / 4);
}

function byteLength(text: string): number {
  return encoder.encode(text).byteLength;
}
