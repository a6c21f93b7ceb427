import { CITATION } from "./citations.ts";
import { safeLink } from "./safe-link.ts";

/** A piece of a line. `href` is safe to link to. */
export type Inline =
  | string
  | { is: "strong" | "em" | "del"; of: Inline[] }
  | { is: "link"; href: string; of: Inline[] }
  | { is: "code" | "image" | "cite"; text: string }
  | { is: "break" };

/** Deeper than this, marks are letters. */
const MOST_OPEN = 40;

type Opener = { mark: string; at: number };

const WORD = /[^\s`*_~[\]!<\\&:\n]+/y;
const CITE = new RegExp(CITATION.source, "y");
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/y;
const BARE = /https?:\/\/[^\s<>"'`\\*~|]{1,2000}/y;
const TARGET =
  /\(\s{0,20}(?:<([^<>\n]{0,2000})>|((?:[^\s()<>]|\([^\s()<>]{0,500}\)){0,2000}))(?:\s{1,20}(?:"[^"]{0,500}"|'[^']{0,500}'))?\s{0,20}\)/y;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|colon));/iy;
const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  colon: ":",
};
const PUNCTUATION = /[!-/:-@[-`{-~]/;

/**
 * The markdown inside a paragraph: emphasis, code, links, images, citations `[3]`; all else is text, HTML too. Time
 * grows with the length, whatever stands in it. With `open`, the text still grows: what is begun at its end counts.
 */
export function parseInline(text: string, open = false): Inline[] {
  const out: Inline[] = [];
  const openers: Opener[] = [];
  const brackets: { at: number; image: boolean; openers: number }[] = [];
  const unclosed = new Set<number>();
  let at = 0;

  function say(piece: string) {
    const last = out.length - 1;
    // What stands between an opener and here may be taken out again, so nothing is joined across one.
    const isFresh = openers.at(-1)?.at === last || brackets.at(-1)?.at === last;
    if (typeof out[last] === "string" && !isFresh) out[last] += piece;
    else out.push(piece);
  }
  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }
  /** Puts what came since a place under one node, instead of the mark that stood there. */
  function wrap(place: number, node: (of: Inline[]) => Inline) {
    const of = out.splice(place + 1);
    out[place] = node(of);
  }

  while (at < text.length) {
    const char = text[at] as string;
    const word = take(WORD);
    if (word) {
      say(word[0]);
      at += word[0].length;
    } else if (char === "\\") {
      const next = text[at + 1] ?? "";
      if (next === "\n") out.push({ is: "break" });
      else say(PUNCTUATION.test(next) ? next : char + next);
      at += 1 + next.length;
    } else if (char === "\n" || char === " " || char === "\t") {
      const space = /[ \t]*\n?[ \t]*/y;
      const found = take(space)?.[0] ?? char;
      if (found.includes("  \n")) out.push({ is: "break" });
      else say(found);
      at += Math.max(1, found.length);
    } else if (char === "`") at = code(at);
    else if (char === "*" || char === "_" || char === "~") at = emphasis(at, char);
    else if (char === "!" && text[at + 1] === "[") {
      bracket(true);
      at += 2;
    } else if (char === "[") {
      const cite = take(CITE);
      if (cite) out.push({ is: "cite", text: cite[0] });
      else bracket(false);
      at += cite ? cite[0].length : 1;
    } else if (char === "]") at = close(at);
    else if (char === "<") {
      const [whole = "", target = ""] = take(AUTOLINK) ?? [];
      const href = target && safeLink(target);
      if (href) out.push({ is: "link", href, of: [target] });
      else say(char);
      at += href ? whole.length : 1;
    } else if (char === "&") {
      const entity = take(ENTITY);
      say(entity ? decoded(entity) : char);
      at += entity ? entity[0].length : 1;
    } else if (char === ":" && text.startsWith("://", at)) at = bare(at);
    else {
      say(char);
      at += 1;
    }
  }
  if (open)
    for (const { mark, at: place } of openers.toReversed())
      if (place < out.length - 1 && mark !== "_") wrap(place, (of) => emphasised(mark, of));
  return out;

  function code(from: number): number {
    const run = /`+/y;
    run.lastIndex = from;
    const fence = run.exec(text)?.[0] ?? "`";
    const start = from + fence.length;
    if (!unclosed.has(fence.length)) {
      let end = start;
      for (const later = /`+/g; ; ) {
        later.lastIndex = end;
        const found = later.exec(text);
        if (!found) break;
        if (found[0].length === fence.length) {
          const inner = text.slice(start, found.index).replace(/\n/g, " ");
          const isPadded = inner.startsWith(" ") && inner.endsWith(" ") && inner.trim() !== "";
          const trimmed = isPadded ? inner.slice(1, -1) : inner;
          out.push({ is: "code", text: trimmed });
          return found.index + fence.length;
        }
        end = found.index + found[0].length;
      }
      unclosed.add(fence.length);
      if (open && fence.length === 1 && start < text.length) {
        out.push({ is: "code", text: text.slice(start) });
        return text.length;
      }
    }
    say(fence);
    return start;
  }

  function emphasis(from: number, char: string): number {
    const run = /^(.)\1{0,2}/.exec(text.slice(from, from + 3))?.[0].length ?? 1;
    const begun = openers.findLast((it) => it.mark[0] === char)?.mark.length ?? 0;
    const isClosing = !/\s/.test(text[from - 1] ?? " ") && begun > 0 && begun <= run;
    const length = isClosing ? begun : Math.min(2, run);
    const mark = char.repeat(length);
    const before = text[from - 1] ?? " ";
    const after = text[from + length] ?? " ";
    const opens = !/\s/.test(after) && (char !== "_" || !/[\p{L}\p{N}]/u.test(before));
    const closes = !/\s/.test(before) && (char !== "_" || !/[\p{L}\p{N}]/u.test(after));
    const floor = brackets.at(-1)?.openers ?? 0;
    const opener = closes ? openers.findLastIndex((it) => it.mark === mark) : -1;
    const place = openers[opener]?.at ?? 0;
    if (opener >= floor && place < out.length - 1) {
      openers.length = opener;
      wrap(place, (of) => emphasised(mark, of));
    } else if (opens && mark !== "~" && openers.length < MOST_OPEN) {
      out.push(mark);
      openers.push({ mark, at: out.length - 1 });
    } else say(mark);
    return from + length;
  }

  function bracket(image: boolean) {
    out.push(image ? "![" : "[");
    if (brackets.length < MOST_OPEN) brackets.push({ at: out.length - 1, image, openers: openers.length });
  }

  function close(from: number): number {
    const begun = brackets.pop();
    at = from + 1;
    const target = begun && text[at] === "(" ? take(TARGET) : null;
    if (!begun || !target) {
      // A link that has not been given its address yet is its text.
      if (begun && open && !begun.image && text[at] === "(" && !text.includes(")", at)) {
        openers.length = Math.min(openers.length, begun.openers);
        out[begun.at] = "";
        return text.length;
      }
      say("]");
      return at;
    }
    openers.length = Math.min(openers.length, begun.openers);
    const href = safeLink(unescaped(target[1] ?? target[2] ?? ""));
    wrap(begun.at, (of) => {
      if (begun.image) return { is: "image", text: plain(of) };
      return { is: "link", href, of: of.flatMap(unlinked) };
    });
    return at + target[0].length;
  }

  /** An address in a text, from its `://` on: its scheme has been said. */
  function bare(from: number): number {
    const last = out.at(-1);
    const before = text.slice(Math.max(0, from - 7), from);
    const scheme = typeof last === "string" ? /(?:^|[^\p{L}\p{N}])(https?)$/u.exec(before)?.[1] : undefined;
    BARE.lastIndex = from - (scheme?.length ?? 0);
    const found = scheme === undefined ? null : BARE.exec(text);
    // What ends the sentence is not the address's.
    const url = found?.[0].replace(/[.,;:!?\])_]+$/, "") ?? "";
    const href = url && safeLink(url);
    if (scheme === undefined || !href) {
      say(":");
      return from + 1;
    }
    out[out.length - 1] = (last as string).slice(0, -scheme.length);
    out.push({ is: "link", href, of: [url] });
    return from - scheme.length + url.length;
  }
}

function emphasised(mark: string, of: Inline[]): Inline {
  return { is: mark === "~~" ? "del" : mark.length === 2 ? "strong" : "em", of };
}

function decoded([whole, decimal, hex, name]: RegExpExecArray): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const point = Number.parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10);
  const isText = point >= 32 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isText ? String.fromCodePoint(point) : "\ufffd";
}

function unescaped(target: string): string {
  const entity = new RegExp(ENTITY.source, "gi");
  return target
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(entity, (...found) => decoded(found as unknown as RegExpExecArray));
}

/** No link stands in another. */
function unlinked(piece: Inline): Inline[] {
  if (typeof piece === "string" || !("of" in piece)) return [piece];
  const of = piece.of.flatMap(unlinked);
  return piece.is === "link" ? of : [{ ...piece, of }];
}

/** The letters of pieces. */
export function plain(pieces: readonly Inline[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("of" in piece) return plain(piece.of);
      return piece.is === "break" ? "\n" : piece.text;
    })
    .join("");
}
