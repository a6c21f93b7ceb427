import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";

/** Code to copy, folded away unless `open`. */
export function CodeSample({ title, text, open }: { title: string; text: string; open?: boolean }) {
  const [copied, setCopied] = useState("");
  // Without a clipboard (plain http, no permission) the text can still be selected.
  const copy = () =>
    void Promise.resolve(navigator.clipboard?.writeText(text)).then(
      () => setCopied(navigator.clipboard ? "Copied." : "Select it and copy it by hand."),
      () => setCopied("Select it and copy it by hand."),
    );
  return (
    <details open={open} className="rounded-2xl border border-line">
      <summary className="cursor-pointer px-4 py-3 font-medium">{title}</summary>
      <div className="border-t border-line bg-sunken">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre tabIndex={0} className="overflow-x-auto px-4 py-3 text-sm">
          <code>{text}</code>
        </pre>
        <div className="flex items-center gap-3 px-3 pb-3">
          <Button look="secondary" size="small" onClick={copy} aria-label={`Copy: ${title}`}>
            {copied === "Copied." ? (
              <Check className="size-4" aria-hidden="true" />
            ) : (
              <Copy className="size-4" aria-hidden="true" />
            )}
            Copy
          </Button>
          <span role="status" className="text-sm text-soft">
            {copied}
          </span>
        </div>
      </div>
    </details>
  );
}
