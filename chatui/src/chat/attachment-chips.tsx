import { CircleAlert, Paperclip, X } from "lucide-react";
import { classNames } from "../ui/class-names.ts";
import { useWords } from "../words/words.ts";
import type { Chip } from "./use-attachments.ts";

/** The files of a message that is being written: how far each is, and a way to leave it out. */
export function AttachmentChips({
  chips,
  onRemove,
}: {
  chips: readonly Chip[];
  onRemove: (key: string) => void;
}) {
  const words = useWords();
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 px-1 pb-2" aria-label={words.files}>
      {chips.map((chip) => (
        <li
          key={chip.key}
          data-testid="attachment-chip"
          data-state={chip.state}
          className={classNames(
            "relative flex max-w-full items-center gap-1.5 overflow-hidden rounded-lg border py-1 ps-2 pe-1 text-sm",
            chip.state === "failed" ? "border-bad/40 text-bad" : "border-line",
          )}
        >
          {chip.state === "failed" ? (
            <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
          ) : (
            <Paperclip className="size-4 shrink-0" aria-hidden="true" />
          )}
          <span className="min-w-0 break-words" role={chip.state === "failed" ? "alert" : undefined}>
            {chip.name}
            {chip.state === "failed" && `: ${chip.reason}`}
          </span>
          {chip.state === "sending" && (
            <progress
              className="sr-only"
              value={chip.part}
              max={1}
              aria-label={words.sendingFile(chip.name)}
            />
          )}
          {chip.state === "sending" && (
            <span
              aria-hidden="true"
              className="absolute start-0 bottom-0 h-0.5 bg-accent"
              style={{ width: `${Math.round(chip.part * 100)}%` }}
            />
          )}
          <button
            type="button"
            onClick={() => onRemove(chip.key)}
            aria-label={words.removeFile(chip.name)}
            className="rounded-md p-1 hover:bg-sunken"
          >
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
