import { appError } from "#base/app-error";
import { sha256Hex } from "#base/sha256-hex";
import type { Scope } from "#enterprises/scope";
import { usageFileKey } from "#workflows/file-key";

/** A file of raw usage in the archive, as text. Errors: UNAVAILABLE where it is missing or not the one that was written. */
export async function readUsageFile(
  bucket: R2Bucket,
  scope: Scope,
  month: string,
  part: { name: string; sha256: string },
): Promise<string> {
  const object = await bucket.get(usageFileKey(scope, month, part.name));
  const bytes = await object?.arrayBuffer();
  if (!bytes || (await sha256Hex(bytes)) !== part.sha256) throw appError("UNAVAILABLE");
  return new TextDecoder().decode(bytes);
}

/** Writes a file of raw usage; over the same one, where it was written before. @returns its SHA-256, in hex */
export async function writeUsageFile(
  bucket: R2Bucket,
  scope: Scope,
  month: string,
  part: { name: string; text: string },
): Promise<string> {
  const bytes = new TextEncoder().encode(part.text);
  const sha256 = await sha256Hex(bytes);
  // The store checks that what it keeps is what was sent.
  await bucket.put(usageFileKey(scope, month, part.name), bytes, { sha256 });
  return sha256;
}
