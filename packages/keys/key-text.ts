import type { NewId } from "#base/new-id";

/**
 * `mzk_{public id}_{secret}`: 130 random bits that name it, 260 that prove it. Its SHA-256 is what is kept: nobody guesses
 * 260 random bits, so no slow hash is needed.
 */
const SHAPE = /^mzk_([0-9a-z]{26})_([0-9a-z]{52})$/;

/** Whether a bearer token wants to be a key. */
export function looksLikeKey(bearer: string): boolean {
  return bearer.startsWith("mzk_");
}

export function newKeyText(newId: NewId): { keyId: string; key: string } {
  const random = () => newId("").slice(1);
  const publicId = random();
  return { keyId: `key_${publicId}`, key: `mzk_${publicId}_${random()}${random()}` };
}

/** The id of the key that a text says it is; null if it can't be one. */
export function keyIdOf(text: string): string | null {
  const publicId = SHAPE.exec(text)?.[1];
  return publicId === undefined ? null : `key_${publicId}`;
}

/** How a key begins, as lists show it. */
export function prefixOf(keyId: string): string {
  return `mzk_${keyId.slice("key_".length, "key_".length + 6)}`;
}

/** Compares two texts in a time that depends on their lengths alone. */
export function sameText(a: string, b: string): boolean {
  let differs = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) differs |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return differs === 0;
}
