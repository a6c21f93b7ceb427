import { LIMITS } from "#base/limits";
import { sniffMediaType } from "#base/sniff-media-type";
import { cutPassages } from "#knowledge/cut-passages";
import type { Index } from "#knowledge/open-index";
import { readMarkdown } from "#knowledge/read-markdown";
import { titleOf } from "#knowledge/title-of";

/** A version's `knowledge/` files: text by name, with the SHA-256 of each. */
export type AppTexts = Record<string, { text: string; sha256: string }>;

/** Makes the app's own files those of a version: what is new is read at once, what is gone is taken out. */
export function putAppFiles(index: Index, texts: AppTexts): void {
  const kept = new Set<string>();
  for (const [name, { text, sha256 }] of Object.entries(texts)) {
    const fileId = `app_${sha256.slice(0, 32)}`;
    kept.add(fileId);
    if (index.file(fileId)?.status === "ready") continue;
    const bytes = new TextEncoder().encode(text);
    const mediaType = sniffMediaType(bytes, name) ?? "text/plain";
    const file = {
      file_id: fileId,
      source: "app",
      name,
      title: titleOf(name),
      media_type: mediaType,
      size: bytes.byteLength,
      sha256,
    } as const;
    index.add(file);
    const added = index.file(fileId);
    if (!added) continue;
    const passages = cutPassages(readMarkdown(text));
    if (index.countPassages() + passages.length > LIMITS.knowledgeMaxPassages) {
      index.fail(fileId, "The app has no room left for its text.");
      continue;
    }
    index.put(added, 0, passages);
    index.finish(fileId);
  }
  for (const file of index.ofSource("app")) if (!kept.has(file.file_id)) index.remove(file.file_id);
}
