import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text }: { text: string }) {
  const words = useWords();
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === text;
  const label = done ? words.copied : words.copy;
  if (!globalThis.navigator?.clipboard) return null;
  return (
    <Button
      look="ghost"
      size="icon"
      className="!size-8"
      aria-label={label}
      title={label}
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => setCopied(null),
        )
      }
    >
      {done ? (
        <Check className="size-4 text-good" aria-hidden="true" />
      ) : (
        <Copy className="size-4" aria-hidden="true" />
      )}
    </Button>
  );
}
