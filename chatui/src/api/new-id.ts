/** A random id for idempotency keys and client messages; works on plain http too, where `randomUUID` is absent. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
