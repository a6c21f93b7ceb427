import { type ReactNode, useCallback, useId, useMemo, useRef } from "react";
import { useWords } from "../words/words.ts";
import { CitedContext } from "./citation.tsx";
import { citedIn, type Passage } from "./citations.ts";

const LONGEST_EXCERPT = 600;

type Props = { text: string; passages: readonly Passage[]; children: ReactNode };

/** An answer with the passages it cites below it. Without any it is the answer alone. */
export function WithSources({ text, passages, children }: Props) {
  const words = useWords();
  const id = useId();
  const list = useRef<HTMLDetailsElement>(null);
  const cited = useMemo(() => {
    const numbers = citedIn(text);
    return passages
      .filter(({ n }) => numbers.includes(n))
      .toSorted((a, b) => numbers.indexOf(a.n) - numbers.indexOf(b.n));
  }, [text, passages]);
  const show = useCallback(
    (n: number) => {
      if (list.current) list.current.open = true;
      document.getElementById(`${id}-${n}`)?.focus();
    },
    [id],
  );
  const context = useMemo(() => ({ has: new Set(cited.map(({ n }) => n)), show }), [cited, show]);
  if (cited.length === 0) return children;
  return (
    <CitedContext value={context}>
      {children}
      <details ref={list} className="mt-2 text-sm text-soft" data-testid="sources">
        <summary className="w-fit rounded-lg py-0.5 pe-2 hover:text-ink">
          {words.sources(cited.length)}
        </summary>
        <ol className="mt-2 space-y-2 rounded-xl border border-line bg-surface p-3">
          {cited.map((passage, index) => (
            <Source
              key={`${passage.n}-${passage.file}-${passage.text}`}
              passage={passage}
              // Where two look-ups of a turn gave one number to two passages, the newer one is gone to.
              id={cited.findIndex(({ n }) => n === passage.n) === index ? `${id}-${passage.n}` : undefined}
            />
          ))}
        </ol>
      </details>
    </CitedContext>
  );
}

function Source({ passage, id }: { passage: Passage; id: string | undefined }) {
  const words = useWords();
  const { n, title, file, heading, page, text } = passage;
  const where = [file, page === null ? "" : words.page(page), heading].filter((part) => part !== "");
  return (
    <li id={id} tabIndex={-1} className="rounded-lg focus-visible:outline-2">
      <p className="break-words text-ink">
        [{n}] {title}
      </p>
      <p className="break-words">{where.join(" · ")}</p>
      <blockquote className="mt-1 border-s-2 border-line ps-3 break-words whitespace-pre-wrap">
        {text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT).toWellFormed()}…` : text}
      </blockquote>
    </li>
  );
}
