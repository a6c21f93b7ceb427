import { cutPassages } from "#knowledge/cut-passages";
import type { Knowledge } from "#knowledge/knowledge";
import { openIndex } from "#knowledge/open-index";
import { readMarkdown } from "#knowledge/read-markdown";
import { titleOf } from "#knowledge/title-of";
import { nodeSql } from "./sqlite.ts";

/** The real index of an app's texts, by name, in memory. */
export function nodeKnowledge(texts: Record<string, string>): Knowledge {
  const index = openIndex(nodeSql(), { now: () => Date.UTC(2026, 0, 5, 9) });
  for (const [name, text] of Object.entries(texts)) {
    const file = {
      file_id: name,
      source: "app",
      name,
      title: titleOf(name),
      media_type: "text/markdown",
      size: text.length,
      sha256: name,
    } as const;
    index.add(file);
    const added = index.file(name);
    if (!added) throw new Error(`${name} was not added`);
    index.put(added, 0, cutPassages(readMarkdown(text)));
    index.finish(name);
  }
  return { search: async (query, options) => index.search(query, options) };
}
