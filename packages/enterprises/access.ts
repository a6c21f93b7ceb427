import type { Seen } from "./enterprise.ts";

/** The facts of who asks, from where. `host`: the realm of the address that was called. */
export type Asker = { host: string; realm: string };

/**
 * What someone is to an enterprise. `member`: a creator who runs it, calling from the foundry. `end_user`: calling
 * from the app's own address while it is live. `null`: to them it does not exist.
 */
export function accessTo(asker: Asker, seen: Seen | null): "member" | "end_user" | null {
  if (seen === null || asker.host !== asker.realm) return null;
  if (asker.host === "foundry") return seen.role === null ? null : "member";
  const own = asker.host === seen.enterprise.enterpriseId;
  return own && seen.enterprise.status === "live" ? "end_user" : null;
}
