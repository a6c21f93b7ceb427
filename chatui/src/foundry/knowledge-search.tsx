import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { hitsQuery } from "../api/knowledge.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { FieldRow } from "./field-row.tsx";

/** What an agent would find for a question, numbered as it would cite it. */
export function KnowledgeSearch({ id }: { id: string }) {
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const hits = useQuery(hitsQuery(id, words));
  function submit() {
    setWords(typed.trim());
  }
  return (
    <section aria-labelledby="try-search" className="space-y-4">
      <h3 id="try-search" className="text-lg font-semibold">
        Try a search
      </h3>
      <FieldRow
        onSubmit={submit}
        label="A question, as somebody would ask it"
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      >
        <Button type="submit" look="secondary" busy={hits.isFetching} disabled={typed.trim() === ""}>
          Search
        </Button>
      </FieldRow>
      {hits.isError && <Problem error={hits.error} retry={() => void hits.refetch()} />}
      {hits.data?.hits.length === 0 && <p role="status">Nothing in the files fits.</p>}
      <ol className="space-y-3">
        {hits.data?.hits.map((hit) => (
          <li key={hit.n} className="rounded-2xl border border-line bg-surface p-4" data-testid="hit">
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-soft">
              <span className="rounded-md bg-accent-wash px-1.5 font-medium text-accent-ink">[{hit.n}]</span>
              <span className="font-medium text-ink">{hit.title}</span>
              {hit.heading && <span>{hit.heading}</span>}
              {hit.page !== undefined && <span>page {hit.page}</span>}
            </p>
            <p className="mt-2 break-words whitespace-pre-wrap">{hit.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
