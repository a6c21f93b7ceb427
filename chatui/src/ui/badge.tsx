import type { ReactNode } from "react";
import { useWords } from "../words/words.ts";
import { classNames } from "./class-names.ts";

const TONES = {
  plain: "bg-sunken text-soft",
  good: "bg-good/12 text-good",
  warn: "bg-warn/12 text-warn",
  bad: "bg-bad/12 text-bad",
  accent: "bg-accent-wash text-accent-ink",
};

export function Badge({ tone = "plain", children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

/** Answers come from the embedded model, which nobody should take for a large language model. */
export function OfflineModelBadge() {
  const words = useWords();
  return (
    <span title={words.offlineModelHint}>
      <Badge>{words.offlineModel}</Badge>
    </span>
  );
}
