/** Makes an unguessable id: `{prefix}_{26 letters and digits}` (130 random bits from the injected source). */
export type NewId = (prefix: string) => string;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** @param randomBytes fills an array with random bytes: `crypto.getRandomValues` in production, a seeded source in tests. */
export function makeNewId(randomBytes: (into: Uint8Array<ArrayBuffer>) => void): NewId {
  return (prefix) => {
    const bytes = new Uint8Array(26);
    randomBytes(bytes);
    let id = `${prefix}_`;
    for (const byte of bytes) id += ALPHABET[byte & 31];
    return id;
  };
}
