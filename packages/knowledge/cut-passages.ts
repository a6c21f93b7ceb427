import type { Section } from "./section.ts";

/** A piece of a file that is found and cited as one. */
export type Passage = { heading: string; page: number | null; text: string };

/** Characters a passage aims at, and how many of its end the next one repeats, so that no sentence is lost between two. */
const AIM = 1_000;
const OVERLAP = 150;
/** More is cut in the middle of whatever it is. */
const LONGEST = 1_400;

/** Sections as passages: whole paragraphs where they fit, sentences or words where not. Pure. */
export function cutPassages(sections: readonly Section[]): Passage[] {
  return sections.flatMap(({ headings, page, text }) =>
    packed(pieces(text)).map((it) => ({ heading: headings.join(" › ").slice(0, 300), page, text: it })),
  );
}

/** Paragraphs; one that is too long by its sentences, and a sentence that is too long by its words. */
function pieces(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((it) => it.trim())
    .filter(Boolean)
    .flatMap((paragraph) =>
      paragraph.length <= AIM
        ? [paragraph]
        : paragraph
            .split(/(?<=[.!?…])\s+|\n/)
            .flatMap(short)
            .filter(Boolean),
    );
}

function short(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence.trim();
  while (rest.length > AIM) {
    const space = rest.lastIndexOf(" ", AIM);
    const at = space > AIM / 2 ? space : wholeAt(rest, AIM);
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...parts, rest];
}

/** Not between the two halves of one character. */
function wholeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
}

function packed(all: readonly string[]): string[] {
  const passages: string[] = [];
  let now = "";
  for (const piece of all) {
    if (now && now.length + piece.length + 2 > AIM) {
      passages.push(now);
      const tail = tailOf(now);
      now = tail && tail.length + piece.length + 2 <= LONGEST ? `${tail}\n\n${piece}` : piece;
    } else now = now ? `${now}\n\n${piece}` : piece;
  }
  return now ? [...passages, now] : passages;
}

/** The last sentences of a passage that fit into the overlap; none rather than half of one. */
function tailOf(text: string): string {
  const sentences = text.split(/(?<=[.!?…])\s+|\n+/);
  let tail = "";
  for (const sentence of sentences.reverse()) {
    if (tail.length + sentence.length + 1 > OVERLAP) break;
    tail = tail ? `${sentence} ${tail}` : sentence;
  }
  return tail;
}
