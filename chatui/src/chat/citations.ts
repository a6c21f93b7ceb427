import { record } from "./card-field.ts";
import type { ChatItem } from "./chat-state.ts";

/** A passage of one of the app's files, as a tool found it. `n`: what an answer cites it by, `[n]`. */
export type Passage = {
  n: number;
  title: string;
  file: string;
  heading: string;
  page: number | null;
  text: string;
};

const NONE: readonly Passage[] = [];

/**
 * For each answer, by its item's id, the passages that it can cite: those that tools found in its turn so far, newest
 * first, or else in the last turn that found any. They are what the tool's answer in the log says, not what the text
 * says of them.
 */
export function citationsOf(items: readonly ChatItem[]): Map<string, readonly Passage[]> {
  const byAnswer = new Map<string, readonly Passage[]>();
  let found = NONE;
  let isNewTurn = false;
  for (const item of items) {
    if (item.kind === "user") isNewTurn = true;
    if (item.kind === "tool") {
      const passages = passagesIn(item.outcome?.content);
      if (passages.length === 0) continue;
      found = isNewTurn ? passages : [...passages, ...found];
      isNewTurn = false;
    }
    if (item.kind === "text" && found.length > 0) byAnswer.set(item.id, found);
  }
  return byAnswer;
}

/** The numbers that a text cites, each once, in their order in the text; what stands in code is no citation. */
export function citedIn(text: string): number[] {
  const prose = text.replace(/(`+)[\s\S]*?\1/g, "");
  return [...new Set(Array.from(prose.matchAll(CITATION), ([, n]) => Number(n)))];
}

/** `[3]`; not a footnote's `[^3]`, not a link's text. */
export const CITATION = /\[(\d{1,2})\](?![(:[])/g;

function passagesIn(content: unknown): Passage[] {
  const { rows } = record(content);
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    const { n, file, title, heading, page, text } = record(row);
    if (typeof n !== "number" || typeof file !== "string" || typeof text !== "string") return [];
    return [
      {
        n,
        file,
        text,
        title: typeof title === "string" && title !== "" ? title : file,
        heading: typeof heading === "string" ? heading : "",
        page: typeof page === "number" ? page : null,
      },
    ];
  });
}
