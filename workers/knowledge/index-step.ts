import { consoleLog } from "#base/console-log";
import { LIMITS } from "#base/limits";
import { sha256Hex } from "#base/sha256-hex";
import { MEDIA_TYPES } from "#base/sniff-media-type";
import type { Scope } from "#enterprises/scope";
import { cutPassages, type Passage } from "#knowledge/cut-passages";
import type { Index, KnowledgeFile } from "#knowledge/open-index";
import { readFile } from "#knowledge/read-file";
import { knowledgeFileKey } from "#workflows/file-key";

/** The file being read, so that the next step need not read it again. Lost with the process, which is harmless. */
const reading = new WeakMap<Index, { fileId: string; passages: Passage[] }>();

/**
 * Puts some more passages of the next file into the index. `more`: there is something left to do; `again`: the file store
 * could not be reached; `done`: nothing is left.
 */
export async function indexStep(
  index: Index,
  bucket: R2Bucket,
  scope: Scope,
): Promise<"more" | "again" | "done"> {
  const file = index.beginNext();
  if (!file) return "done";
  const held = reading.get(index);
  let passages = held?.fileId === file.file_id ? held.passages : null;
  if (!passages) {
    const bytes = await contentOf(bucket, scope, file).catch(() => null);
    if (bytes === null) return "again";
    passages = await passagesOf(bytes, file);
  }
  // It may have been removed while it was read.
  if (index.file(file.file_id)?.status !== "indexing") return "more";
  const from = index.doneOf(file.file_id);
  const room = LIMITS.knowledgeMaxPassages - index.countPassages();
  if (passages.length === 0) index.fail(file.file_id, "No text was found in it.");
  else if (passages.length - from > room) index.fail(file.file_id, "The app has no room left for its text.");
  else {
    index.put(file, from, passages.slice(from, from + LIMITS.knowledgeStepPassages));
    if (index.doneOf(file.file_id) < passages.length) {
      reading.set(index, { fileId: file.file_id, passages });
      return "more";
    }
    for (const older of index.finish(file.file_id)) index.loosen(older.sha256);
  }
  reading.delete(index);
  return "more";
}

/** The content as it was sent; throws where it can't be reached or is another one (F25). */
async function contentOf(bucket: R2Bucket, scope: Scope, file: KnowledgeFile): Promise<Uint8Array> {
  const object = await bucket.get(knowledgeFileKey(scope, file.sha256));
  const bytes = await object?.arrayBuffer();
  if (!bytes || (await sha256Hex(bytes)) !== file.sha256) throw new Error("not the content that was kept");
  return new Uint8Array(bytes);
}

/** None for a file that can't be read: that is said to its owner, not thrown. */
async function passagesOf(bytes: Uint8Array, file: KnowledgeFile): Promise<Passage[]> {
  const type = MEDIA_TYPES.find((it) => it === file.media_type);
  if (!type) return [];
  try {
    return cutPassages(await readFile(bytes, type));
  } catch (cause) {
    consoleLog("warn", "knowledge.unreadable", {
      file_id: file.file_id,
      cause: String(cause).slice(0, 200),
    });
    return [];
  }
}
