import { useState } from "react";
import type { PublishedPrice } from "#protocol/api/prices";
import { Field } from "../ui/field.tsx";
import { dollars } from "./model-words.ts";

/** So many fit without a way to find one. */
const FEW = 10;

/** What this platform has, with what a million tokens of each kind cost. */
export function ModelsHere({ models }: { models: readonly PublishedPrice[] }) {
  const [search, setSearch] = useState("");
  const found = models.filter((it) => it.model.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <div className="space-y-3">
      {models.length > FEW && (
        <Field
          label="Find a model"
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {found.length === 0 ? (
        <p className="text-soft">No model is called like that.</p>
      ) : (
        <section
          aria-label="Prices"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-2xl border border-line bg-surface"
        >
          <table className="w-full text-sm">
            <thead className="sticky top-0 bg-surface text-soft">
              <tr className="border-b border-line">
                <th scope="col" className="px-4 py-2.5 text-start font-medium">
                  Model
                </th>
                {["In", "From cache", "Out"].map((it) => (
                  <th key={it} scope="col" className="px-4 py-2.5 text-end font-medium whitespace-nowrap">
                    {it}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {found.map(({ model, usd_per_million }) => (
                <tr key={model}>
                  <th scope="row" className="px-4 py-2.5 text-start font-mono font-normal break-all">
                    {model}
                  </th>
                  {(["input", "cache_read", "output"] as const).map((it) => (
                    <td key={it} className="px-4 py-2.5 text-end tabular-nums">
                      {dollars(usd_per_million[it])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="text-sm text-soft">Dollars for a million tokens.</p>
    </div>
  );
}
