import type { MediaType } from "#base/sniff-media-type";
import { markdownOfHtml } from "./read-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readCsv, readJson } from "./read-rows.ts";
import type { Section } from "./section.ts";

/** Types that an app's knowledge may be made of. */
export const KNOWLEDGE_TYPES: ReadonlySet<MediaType> = new Set<MediaType>([
  "application/pdf",
  "text/html",
  "text/markdown",
  "text/csv",
  "application/json",
  "text/plain",
]);

/** The words of a file, by their place in it. Throws where it can't be read; images have none. */
export async function readFile(bytes: Uint8Array, type: MediaType): Promise<Section[]> {
  if (type === "application/pdf") {
    const { readPdf } = await import("./read-pdf.ts");
    return readPdf(bytes);
  }
  const text = new TextDecoder().decode(bytes);
  switch (type) {
    case "text/html":
      return readMarkdown(markdownOfHtml(text));
    case "text/csv": {
      const { default: papa } = await import("papaparse");
      return readCsv(papa.parse<string[]>(text, { skipEmptyLines: true }).data);
    }
    case "application/json":
      return readJson(JSON.parse(text));
    case "text/markdown":
    case "text/plain":
      return readMarkdown(text);
    default:
      return [];
  }
}
