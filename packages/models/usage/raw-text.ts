import { LIMITS } from "#base/limits";

const encoder = new TextEncoder();

/**
 * A provider's raw usage as compact JSON, to be kept beside the row so that anyone can recompute it. Null when
 * there is none, or when it is too large to keep: cut off it would be no JSON.
 */
export function rawText(raw: unknown): string | null {
  if (typeof raw !== "object" || raw === null) return null;
  const text = toJson(raw);
  if (text === null || text.length > LIMITS.rawUsageMaxBytes) return null;
  return encoder.encode(text).byteLength > LIMITS.rawUsageMaxBytes ? null : text;
}

/** A usage that is no JSON after all (a cycle, a bigint) is not worth failing a call for. */
function toJson(raw: object): string | null {
  try {
    return JSON.stringify(raw) ?? null;
  } catch {
    return null;
  }
}
