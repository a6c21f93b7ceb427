import { createContext, type ReactNode, useContext } from "react";
import { useWords } from "../words/words.ts";

/** The numbers that have a source here, and what shows it. */
type Cited = { has: ReadonlySet<number>; show: (n: number) => void };
export const CitedContext = createContext<Cited>({ has: new Set(), show: () => undefined });

/** `[3]` in an answer: a way to its source where there is one, and plain text where there is none. */
export function Citation({ children }: { children?: ReactNode }) {
  const words = useWords();
  const { has, show } = useContext(CitedContext);
  const n = Number(/^\[(\d{1,2})\]$/.exec(String(children))?.[1]);
  if (!has.has(n)) return children;
  return (
    <button
      type="button"
      aria-label={words.source(n)}
      onClick={() => show(n)}
      className="px-0.5 align-super text-xs font-medium text-accent-ink hover:underline"
    >
      [{n}]
    </button>
  );
}
