import type { AppDiff } from "#protocol/api/app-diff";
import { classNames } from "../ui/class-names.ts";

/** A diff of two versions, folded: each change in words, then the files' lines. */
export function DiffDetails({ diff }: { diff: AppDiff }) {
  if (diff.changes.length === 0) return null;
  return (
    <details className="mt-4">
      <summary className="text-sm font-medium text-soft hover:text-ink">
        Every change ({diff.changes.length})
      </summary>
      <ul className="mt-2 list-disc space-y-1 pl-6 text-[0.95rem]">
        {diff.changes.map(({ words, path }) => (
          <li key={`${path} ${words}`} title={path}>
            {words}
          </li>
        ))}
      </ul>
      {diff.files.map(({ path, diff: lines }) => (
        <details key={path} className="mt-3">
          <summary className="font-mono text-[0.8rem] text-soft hover:text-ink">{path}</summary>
          <pre className="mt-1 max-h-80 overflow-auto rounded-lg bg-sunken p-3 text-[0.8rem] leading-relaxed">
            {lines.split("\n").map((line, at) => (
              <span key={at} className={classNames("block", lookOf(line))}>
                {line || " "}
              </span>
            ))}
          </pre>
        </details>
      ))}
    </details>
  );
}

function lookOf(line: string): string {
  if (/^(?:\+\+\+|---|@@)/.test(line)) return "text-soft";
  if (line.startsWith("+")) return "text-good";
  return line.startsWith("-") ? "text-bad" : "";
}
