import { FileDown } from "lucide-react";
import type { Attachment } from "#protocol/attachment";
import { size as shownSize } from "../words/formats.ts";
import { useWords } from "../words/words.ts";

/** Files that went with a message, each to be saved; pictures are shown too. */
export function SentFiles({
  files,
  urlOf,
}: {
  files: readonly Attachment[];
  urlOf: (attachmentId: string) => string;
}) {
  const words = useWords();
  return (
    <ul className="mt-1.5 flex flex-wrap justify-end gap-1.5" aria-label={words.files}>
      {files.map(({ attachment_id, name, media_type, size }) => (
        <li key={attachment_id} className="max-w-full">
          {media_type.startsWith("image/") && (
            <img
              src={urlOf(attachment_id)}
              alt={name}
              loading="lazy"
              data-testid="sent-image"
              className="mb-1.5 ms-auto max-h-64 max-w-full rounded-lg border border-line object-contain"
            />
          )}
          <a
            href={urlOf(attachment_id)}
            download={name}
            data-testid="sent-file"
            className="flex items-center gap-1.5 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-sm hover:bg-sunken"
          >
            <FileDown className="size-4 shrink-0" aria-hidden="true" />
            <span className="min-w-0 break-words">{name}</span>
            <span className="text-soft">{shownSize(size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
