import { appError } from "#base/app-error";
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

export async function sha256Hex(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
