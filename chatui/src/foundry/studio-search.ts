/** Which workflow is open, and how it is shown; none: the list of them. */
export type StudioSearch = { open?: string; as?: "graph" | "files" | undefined };

export function readStudioSearch(search: Record<string, unknown>): StudioSearch {
  const { open, as } = search;
  if (typeof open !== "string" || !/^[a-z][a-z0-9-]{0,62}$/.test(open)) return {};
  return { open, ...(as === "files" ? { as } : {}) };
}
