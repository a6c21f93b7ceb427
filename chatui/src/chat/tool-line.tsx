import { Check, ChevronDown, Minus, X } from "lucide-react";
import { Spinner } from "../ui/spinner.tsx";
import { useWords } from "../words/words.ts";
import { record } from "./card-field.ts";
import type { ToolItem } from "./chat-state.ts";
import { humanise } from "./humanise.ts";
import { facts } from "./read-card.ts";

const LONGEST_RESULT = 4_000;

/** A tool that ran by itself: one line, its details behind a click. */
export function ToolLine({ item }: { item: ToolItem }) {
  const words = useWords();
  const title = humanise(typeof item.payload.title === "string" ? item.payload.title : item.name);
  const asked = facts(record(item.payload.args));
  const result = item.outcome ? showResult(item.outcome.content) : "";
  return (
    <details className="group text-sm text-soft" data-testid="tool-line">
      <summary className="inline-flex max-w-full list-none items-center gap-2 rounded-lg py-0.5 pe-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ToolState item={item} />
        <span className="truncate">
          {title}
          {asked.length > 0 && <span> · {asked.map(([, value]) => value).join(", ")}</span>}
        </span>
        <ChevronDown className="size-3.5 shrink-0 transition group-open:rotate-180" aria-hidden="true" />
      </summary>
      <div className="mt-2 ms-6 space-y-2 rounded-xl border border-line bg-surface p-3">
        {asked.length > 0 && (
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {asked.map(([name, value]) => (
              <div key={name} className="contents">
                <dt>{name}</dt>
                <dd className="break-words text-ink">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {result && (
          <pre className="max-h-56 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
            {result}
          </pre>
        )}
        {!result && asked.length === 0 && <p>{words.nothingMore}</p>}
      </div>
    </details>
  );
}

function ToolState({ item }: { item: ToolItem }) {
  const words = useWords();
  if (!item.outcome) return <Spinner className="shrink-0" />;
  if (item.outcome.status === "ok")
    return <Check className="size-4 shrink-0 text-good" aria-label={words.toolDone} />;
  if (item.outcome.status === "failed")
    return <X className="size-4 shrink-0 text-bad" aria-label={words.toolFailed} />;
  return <Minus className="size-4 shrink-0" aria-label={words.toolNotDone} />;
}

function showResult(content: unknown): string {
  if (content === null || content === undefined) return "";
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  return text.length > LONGEST_RESULT ? `${text.slice(0, LONGEST_RESULT)}…` : text;
}
