import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { sha256Hex } from "#base/sha256-hex";
import { sniffMediaType } from "#base/sniff-media-type";
import type { Scope } from "#enterprises/scope";
import type { Index, KnowledgeFile } from "#knowledge/open-index";
import { KNOWLEDGE_TYPES } from "#knowledge/read-file";
import { titleOf } from "#knowledge/title-of";
import { knowledgeFileKey } from "#workflows/file-key";

/**
 * Keeps an uploaded file: first noted as loose, then its content in the file store, then its row. Cut short anywhere,
 * the content is removed later or the file is there (F39). Errors: UNSUPPORTED_FILE, LIMIT_REACHED, UNAVAILABLE.
 */
export async function addUpload(
  index: Index,
  bucket: R2Bucket,
  scope: Scope,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<KnowledgeFile> {
  const mediaType = sniffMediaType(bytes, name);
  if (mediaType === null || !KNOWLEDGE_TYPES.has(mediaType) || bytes.byteLength === 0)
    throw appError("UNSUPPORTED_FILE", { allowed: [...KNOWLEDGE_TYPES] });
  const sha256 = await sha256Hex(bytes);
  const fileId = `file_${sha256.slice(0, 32)}`;
  const known = index.file(fileId);
  if (known && known.status !== "failed") return known;
  if (!known && index.countFiles() >= LIMITS.knowledgeMaxFiles)
    throw appError(
      "LIMIT_REACHED",
      { max_files: LIMITS.knowledgeMaxFiles },
      "This app has as many files as it may have.",
    );
  index.loosen(sha256);
  await bucket
    .put(knowledgeFileKey(scope, sha256), bytes, { sha256, httpMetadata: { contentType: mediaType } })
    .catch(() => {
      throw appError("UNAVAILABLE");
    });
  index.add({
    file_id: fileId,
    source: "upload",
    name,
    title: titleOf(name),
    media_type: mediaType,
    size: bytes.byteLength,
    sha256,
  });
  index.hold(sha256);
  const added = index.file(fileId);
  if (!added) throw appError("INTERNAL");
  return added;
}
