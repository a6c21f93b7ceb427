import { percent } from "../words/formats.ts";
import { useWords } from "../words/words.ts";
import type { ToolItem } from "./chat-state.ts";

type Props = { item: ToolItem; first: { value: number; max: number }; label: string };

/** How far something is: as it was shown first, or as it was last told. */
export function CardProgress({ item, first, label }: Props) {
  useWords();
  const last = item.steps.at(-1);
  const value = last?.value ?? first.value;
  const max = last?.max ?? first.max;
  return (
    <div className="mt-3 space-y-1.5">
      <progress aria-label={label} value={value} max={max} className="h-2 w-full accent-(--color-accent)" />
      <p aria-live="polite" className="text-sm text-soft">
        {last?.detail ? `${last.detail} · ` : ""}
        {percent(max > 0 ? value / max : 0)}
      </p>
    </div>
  );
}
