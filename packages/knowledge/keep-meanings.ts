import type { Meanings } from "./meanings.ts";
import type { Index } from "./open-index.ts";

/**
 * Has some more passages kept, or forgotten, by their meaning. `more`: there is something left to do; `again`: the
 * meanings can't be reached; `done`: nothing is left. Cut short anywhere, nothing is kept that isn't noted here.
 */
export async function keepMeanings(index: Index, meanings: Meanings): Promise<"more" | "again" | "done"> {
  const gone = index.goneMeanings(meanings.atOnce);
  const some = gone.length > 0 ? [] : index.beginMeanings(meanings.atOnce);
  if (gone.length === 0 && some.length === 0) return "done";
  try {
    if (gone.length > 0) await meanings.forget(gone);
    else await meanings.keep(some);
  } catch {
    return "again";
  }
  if (gone.length > 0) index.forgotten(gone);
  else index.keptMeanings(some.map(({ n }) => n));
  return "more";
}
