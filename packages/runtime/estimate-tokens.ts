import { tokensOfFile } from "./tokens-of-file.ts";

const encoder = new TextEncoder();

/**
 * An upper estimate for text of any script: one token for three bytes of UTF-8 (four is usual for English). Files of a
 * prompt count by what they are, not by their bytes.
 */
export function upperTokens(...parts: unknown[]): number {
  let bytes = 0;
  let ofFiles = 0;
  const text = (_: string, value: unknown) => {
    if (!isFile(value)) return value;
    ofFiles += tokensOfFile(value.mediaType, value.data.data);
    return { ...value, data: null };
  };
  for (const part of parts) bytes += byteLength(typeof part === "string" ? part : JSON.stringify(part, text));
  return Math.ceil(bytes / 3) + ofFiles;
}

/** The usual estimate where a provider reported nothing: one token for four bytes of UTF-8. */
export function usualTokens(text: string): number {
  return Math.ceil(byteLength(text) / 4);
}

function byteLength(text: string): number {
  return encoder.encode(text).byteLength;
}

function isFile(value: unknown): value is { mediaType: string; data: { data: Uint8Array } } {
  if (typeof value !== "object" || value === null || !("mediaType" in value) || !("data" in value))
    return false;
  const { data } = value;
  return typeof data === "object" && data !== null && "data" in data && data.data instanceof Uint8Array;
}
