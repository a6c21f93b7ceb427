import { extractText } from "unpdf";
import type { Section } from "./section.ts";

/** A PDF's text by page. Pages that are pictures have none. Throws for a broken or a locked one. */
export async function readPdf(bytes: Uint8Array): Promise<Section[]> {
  // The library takes the buffer over.
  const { text } = await extractText(bytes.slice(), { mergePages: false });
  return text.map((page, index) => ({ headings: [], page: index + 1, text: page.trim() }));
}
