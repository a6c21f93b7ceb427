import { appError } from "#base/app-error";
import type { Clock } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import { sha256Hex } from "#base/sha256-hex";
import { type MediaType, sniffMediaType } from "#base/sniff-media-type";
import { scopeOf } from "#enterprises/scope";
import type { Attachment } from "#protocol/attachment";
import { MAX_ATTACHMENT_BYTES } from "#protocol/frames/limits";
import { uploadFileKey, uploadsPrefix } from "#workflows/file-key";
import { r2FileStore } from "../r2-file-store.ts";

/** Types that may be sent with a message. Markup that browsers run is not among them (T58). */
const ALLOWED: ReadonlySet<MediaType> = new Set<MediaType>([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "application/pdf",
  "text/markdown",
  "text/csv",
  "application/json",
  "text/plain",
]);

export type StoredAttachment = Attachment & { sha256: string };
type Chat = { enterprise_id: string; chat_id: string };
type Deps = { sql: SqlStorage; bucket: R2Bucket; clock: Clock; newId: NewId };

export type Attachments = ReturnType<typeof attachmentsOf>;

/** What was sent with the messages of one chat: rows here, contents in the file store under the chat's own prefix. */
export function attachmentsOf({ sql, bucket, clock, newId }: Deps) {
  const keyOf = (chat: Chat, id: string) => uploadFileKey(scopeOf(chat.enterprise_id), chat.chat_id, id);

  /** Only what is wholly there. */
  function find(id: string): StoredAttachment | null {
    const row = sql.exec("SELECT * FROM attachments WHERE attachment_id = ? AND stored = 1", id).toArray()[0];
    return row ? stored(row) : null;
  }

  return {
    find,

    /**
     * Keeps a file: its row first, not yet valid, then the content, then the row is (F39). The same one again, before a
     * message took it, is the same attachment. Errors: UNSUPPORTED_FILE, TOO_LARGE, LIMIT_REACHED, UNAVAILABLE.
     */
    async add(chat: Chat, name: string, bytes: Uint8Array): Promise<StoredAttachment> {
      if (bytes.byteLength > MAX_ATTACHMENT_BYTES)
        throw appError("TOO_LARGE", { max_bytes: MAX_ATTACHMENT_BYTES });
      const mediaType = sniffMediaType(bytes, name);
      if (mediaType === null || !ALLOWED.has(mediaType) || bytes.byteLength === 0)
        throw appError("UNSUPPORTED_FILE", { allowed: [...ALLOWED] });
      const sha256 = await sha256Hex(bytes);
      const again = sql
        .exec(
          "SELECT * FROM attachments WHERE sha256 = ? AND name = ? AND message_id IS NULL AND stored = 1",
          sha256,
          name,
        )
        .toArray()[0];
      if (again) return stored(again);
      const used = Number(sql.exec("SELECT coalesce(sum(size), 0) AS n FROM attachments").one().n);
      if (used + bytes.byteLength > LIMITS.attachmentsPerChatMaxBytes)
        throw appError(
          "LIMIT_REACHED",
          { max_bytes: LIMITS.attachmentsPerChatMaxBytes },
          "This chat has no room left for files.",
        );
      const id = newId("att");
      sql.exec(
        "INSERT INTO attachments (attachment_id, name, media_type, size, sha256, at) VALUES (?, ?, ?, ?, ?, ?)",
        id,
        name,
        mediaType,
        bytes.byteLength,
        sha256,
        clock.now(),
      );
      try {
        await bucket.put(keyOf(chat, id), bytes, { sha256 });
      } catch {
        throw appError("UNAVAILABLE");
      }
      sql.exec("UPDATE attachments SET stored = 1 WHERE attachment_id = ?", id);
      return { attachment_id: id, name, media_type: mediaType, size: bytes.byteLength, sha256 };
    },

    /** The attachments of these ids as a message's own, or null if one of them is none of this chat. */
    take(ids: readonly string[], messageId: string): Attachment[] | null {
      const found = [...new Set(ids)].map(find);
      const all = found.filter((it) => it !== null);
      if (all.length < found.length) return null;
      for (const { attachment_id } of all)
        sql.exec(
          "UPDATE attachments SET message_id = ? WHERE attachment_id = ? AND message_id IS NULL",
          messageId,
          attachment_id,
        );
      return all.map(({ sha256: _, ...shown }) => shown);
    },

    /** The content, if it is the one that was sent; null where it can't be had (F25). */
    async read(chat: Chat, id: string): Promise<Uint8Array | null> {
      const row = find(id);
      if (!row) return null;
      try {
        const bytes = await (await bucket.get(keyOf(chat, id)))?.arrayBuffer();
        return bytes && (await sha256Hex(bytes)) === row.sha256 ? new Uint8Array(bytes) : null;
      } catch {
        return null;
      }
    },

    /** When the oldest that no message took may go; null when there is none. */
    nextSweepAt(): number | null {
      const { at } = sql.exec("SELECT min(at) AS at FROM attachments WHERE message_id IS NULL").one();
      return at === null ? null : Number(at) + LIMITS.unusedAttachmentMs;
    },

    /** Removes what no message took within a day, half-stored ones too. What the store can't delete now stays for later. */
    async sweep(chat: Chat): Promise<void> {
      const before = clock.now() - LIMITS.unusedAttachmentMs;
      const rows = sql
        .exec("SELECT * FROM attachments WHERE message_id IS NULL AND at <= ?", before)
        .toArray()
        .map(stored);
      for (const { attachment_id } of rows) {
        // No message can take it from here on.
        sql.exec("UPDATE attachments SET stored = 0 WHERE attachment_id = ?", attachment_id);
        await bucket.delete(keyOf(chat, attachment_id));
        sql.exec("DELETE FROM attachments WHERE attachment_id = ?", attachment_id);
      }
    },

    /** All contents of the chat. Its rows go with the object. */
    removeAll: (chat: Chat) =>
      r2FileStore(bucket).removeAll(uploadsPrefix(scopeOf(chat.enterprise_id), chat.chat_id)),
  };
}

function stored(row: Record<string, SqlStorageValue>): StoredAttachment {
  return {
    attachment_id: String(row.attachment_id),
    name: String(row.name),
    media_type: String(row.media_type),
    size: Number(row.size),
    sha256: String(row.sha256),
  };
}
