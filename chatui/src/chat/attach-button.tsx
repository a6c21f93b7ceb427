import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { MAX_ATTACHMENTS } from "#protocol/frames/limits";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";

/** What the server takes, for the file dialogue; it looks at the bytes itself. */
const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain,.md,.csv,.json";

/** Chooses files for the message that is being written. */
export function AttachButton({ full, onFiles }: { full: boolean; onFiles: (files: File[]) => void }) {
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  const label = full ? words.filesFull(MAX_ATTACHMENTS) : words.attach;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        data-testid="attach-input"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      <Button
        look="ghost"
        size="icon"
        disabled={full}
        onClick={() => input.current?.click()}
        aria-label={label}
        title={label}
        data-testid="attach"
      >
        <Paperclip className="size-5" aria-hidden="true" />
      </Button>
    </>
  );
}
