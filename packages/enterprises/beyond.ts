import { and, type Column, eq, lt, or, type SQL } from "drizzle-orm";

/** A row's place in a list that is newest first, and by id where two are of one time: in milliseconds, as a page's cursor has it. */
export type Place = { at: number; id: string };

/** What such a list has behind a place; null: all of it. `at` and `id`: the columns it is ordered by. */
export function beyond(at: Column, id: Column, before: Place | null): SQL | undefined {
  if (before === null) return undefined;
  const time = at.dataType === "date" ? new Date(before.at) : before.at;
  return or(lt(at, time), and(eq(at, time), lt(id, before.id)));
}
