import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";

type Props = { title: string; value: string; onDone: () => void };

/** A secret that nobody can read again: to be copied now. */
export function ShownOnce({ title, value, onDone }: Props) {
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  // Without a clipboard (plain http, no permission) the text can still be selected.
  const copy = async () =>
    setCopied(
      await Promise.resolve(navigator.clipboard?.writeText(value)).then(
        () => (navigator.clipboard ? "yes" : "no"),
        () => "no" as const,
      ),
    );
  return (
    <div className="space-y-3 rounded-2xl border border-accent/40 bg-accent-wash p-4">
      <p className="font-medium">{title}</p>
      <p className="text-sm text-soft">Copy it now. It is not shown again.</p>
      <code className="block rounded-lg bg-surface px-3 py-2 font-mono text-sm break-all select-all">
        {value}
      </code>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="secondary" size="small" onClick={() => void copy()}>
          {copied === "yes" ? (
            <Check className="size-4" aria-hidden="true" />
          ) : (
            <Copy className="size-4" aria-hidden="true" />
          )}
          Copy
        </Button>
        <Button look="ghost" size="small" onClick={onDone}>
          Done
        </Button>
        <span role="status" className="text-sm text-soft">
          {copied === "yes" && "Copied."}
          {copied === "no" && "Select it and copy it by hand."}
        </span>
      </div>
    </div>
  );
}
