import { useCallback, useEffect, useRef, useState } from "react";
import type { Attachment } from "#protocol/attachment";
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from "#protocol/frames/limits";
import { failureWords } from "../ui/notice.tsx";
import { size } from "../words/formats.ts";
import { words } from "../words/words.ts";

/** A file beside the message that is being written. `part`: how much of it is gone, 0 to 1. */
export type Chip = { key: string; name: string } & (
  | { state: "sending"; part: number }
  | { state: "ready"; attachment: Attachment }
  | { state: "failed"; reason: string }
);

/** Sends one file and tells how far it is. */
export type SendFile = (
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
) => Promise<Attachment>;

/** The files of the message being written: sent up as soon as they are chosen, taken along when it is sent. */
export function useAttachments(send: SendFile) {
  const [chips, setChips] = useState<readonly Chip[]>([]);
  const uploads = useRef(new Map<string, AbortController>());
  const count = useRef(0);

  useEffect(() => {
    const running = uploads.current;
    return () => {
      for (const upload of running.values()) upload.abort();
    };
  }, []);

  const change = useCallback((key: string, next: Chip) => {
    setChips((now) => now.map((chip) => (chip.key === key ? next : chip)));
  }, []);

  const add = useCallback(
    (files: readonly File[], taken: number) => {
      for (const [index, file] of files.entries()) {
        const chip = { key: `file-${count.current++}`, name: file.name };
        const refused = whyNot(file, taken + index);
        if (refused) {
          setChips((now) => [...now, { ...chip, state: "failed", reason: refused }]);
          continue;
        }
        setChips((now) => [...now, { ...chip, state: "sending", part: 0 }]);
        const upload = new AbortController();
        uploads.current.set(chip.key, upload);
        send(file, (part) => change(chip.key, { ...chip, state: "sending", part }), upload.signal)
          .then(
            (attachment) => change(chip.key, { ...chip, state: "ready", attachment }),
            (cause: unknown) =>
              change(chip.key, {
                ...chip,
                state: "failed",
                reason: failureWords(cause) ?? words().fileFailed,
              }),
          )
          .finally(() => uploads.current.delete(chip.key));
      }
    },
    [send, change],
  );

  const remove = useCallback((key: string) => {
    uploads.current.get(key)?.abort();
    setChips((now) => now.filter((chip) => chip.key !== key));
  }, []);

  const take = useCallback((attachments: readonly Attachment[]) => {
    setChips(
      attachments.map((attachment) => ({
        key: attachment.attachment_id,
        name: attachment.name,
        state: "ready",
        attachment,
      })),
    );
  }, []);

  return {
    chips,
    add: (files: readonly File[]) => add(files, chips.filter(({ state }) => state !== "failed").length),
    remove,
    /** Puts files that are up already beside the message, in place of those that were. */
    take,
    clear: () => take([]),
    ready: chips.flatMap((chip) => (chip.state === "ready" ? [chip.attachment] : [])),
    sending: chips.some(({ state }) => state === "sending"),
  };
}

// As people count: a limit of 10 MiB is called 10 MB, which it is not below.
const MOST_BYTES = Math.floor(MAX_ATTACHMENT_BYTES / 1024 ** 2) * 1_000_000;

/** Why a file can't go along with `taken` others; null if it can. */
function whyNot(file: File, taken: number): string | null {
  if (taken >= MAX_ATTACHMENTS) return words().fileTooMany(MAX_ATTACHMENTS);
  return file.size > MAX_ATTACHMENT_BYTES ? words().fileTooLarge(size(MOST_BYTES)) : null;
}
