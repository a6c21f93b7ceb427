import { hex } from "#base/sha256-hex";
import { importKey, type Key, seal, unseal } from "./seal.ts";

/** A platform key with the name that rows know it by. */
export type PlatformKey = { id: string; key: Key };
/** The first one wraps; all of them unwrap, so that a new one can take the place of an old one. */
export type KeyRing = readonly [PlatformKey, ...PlatformKey[]];

/**
 * The platform's keys from its secrets: `current` wraps what is new, `old` still opens what it wrapped. Each is a text
 * of at least 32 characters; its SHA-256 is the key.
 */
export async function keyRing(current: string, old: string | undefined): Promise<KeyRing> {
  const first = await platformKey(current);
  return old ? [first, await platformKey(old)] : [first];
}

async function platformKey(text: string): Promise<PlatformKey> {
  if (text.length < 32) throw new Error("a key of secrets needs at least 32 characters");
  const bytes = await sha256(`mozaiks secrets key|${text}`);
  const name = await sha256(`mozaiks secrets key id|${text}`);
  const id = hex(name.slice(0, 6));
  return { id, key: await importKey(bytes) };
}

async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** A tenant's own key as it is stored. */
export type Wrapped = { kekId: string; wrapped: string };

export async function newTenantKey(ring: KeyRing, enterpriseId: string): Promise<Wrapped> {
  return wrap(ring, enterpriseId, crypto.getRandomValues(new Uint8Array(32)));
}

async function wrap(ring: KeyRing, enterpriseId: string, bytes: Uint8Array<ArrayBuffer>): Promise<Wrapped> {
  const [{ id, key }] = ring;
  return { kekId: id, wrapped: await seal(key, keyPlace(enterpriseId), bytes) };
}

/**
 * The tenant's key; `again` when it was wrapped by an old key of the platform and should be stored anew. Null when none
 * of the ring opens it.
 */
export async function openTenantKey(
  ring: KeyRing,
  enterpriseId: string,
  stored: Wrapped,
): Promise<{ key: Key; again: Wrapped | null } | null> {
  const by = ring.find(({ id }) => id === stored.kekId);
  const bytes = by && (await unseal(by.key, keyPlace(enterpriseId), stored.wrapped));
  if (!bytes) return null;
  const again = by === ring[0] ? null : await wrap(ring, enterpriseId, bytes);
  return { key: await importKey(bytes), again };
}

function keyPlace(enterpriseId: string): string {
  return `key|${enterpriseId}`;
}

/** Where a secret stands: it opens nowhere else (T50). Names and ids hold no `|`. */
export function secretPlace(enterpriseId: string, name: string, version: number): string {
  return `${enterpriseId}|${name}|${version}`;
}
