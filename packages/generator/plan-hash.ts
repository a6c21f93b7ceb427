import { sha256Hex } from "#base/sha256-hex";

/** SHA-256 of a plan, or of the patches of an edit, as 64 hex digits. The order of keys does not matter; the order of lists does. */
export function planHash(plan: unknown): Promise<string> {
  return sha256Hex(canonical(plan));
}

/** JSON with sorted keys and without undefined. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((it) => canonical(it ?? null)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, it]) => it !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${canonical(it)}`).join(",")}}`;
}
