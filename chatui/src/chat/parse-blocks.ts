/** A block of markdown. `raw` is what it was read from; equal sources give equal blocks. */
export type Block = { raw: string } & (
  | { is: "paragraph"; text: string }
  | { is: "heading"; level: number; text: string }
  | { is: "code"; language: string; text: string }
  | { is: "quote"; of: Block[] }
  | { is: "list"; start: number | null; items: { done: boolean | null; of: Block[] }[] }
  | { is: "table"; head: string[]; align: Align[]; rows: string[][] }
  | { is: "rule" }
);
export type Align = "start" | "center" | "end" | null;

/** Deeper than this, marks are letters. */
const DEEPEST = 8;
/** More columns are not shown; how many rows are, is for the page. */
const MOST_COLUMNS = 40;

const FENCE = /^ {0,3}(?:(`{3,})[^`]*$|(~{3,}))/;
const HEADING = /^ {0,3}(#{1,6})(?=\s|$)/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)])(?:[ \t]{1,4}(?=\S)|(?=[ \t]|$))/;
const DELIMITERS = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Markdown as blocks: CommonMark with tables and tasks of GFM, without HTML, reference links and underlined
 * headings. Never fails; whatever is none of these is a paragraph.
 */
export function parseBlocks(text: string, depth = 0): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const from = at;
    const line = lines[at] as string;
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    const isDeep = depth >= DEEPEST;
    let block: DistributiveOmit<Block, "raw">;
    if (fence) block = codeFrom(fence[1] ?? fence[2] ?? "```", line);
    else if (heading) {
      at += 1;
      const said = line.slice(heading[0].length).trim();
      block = { is: "heading", level: heading[1]?.length ?? 1, text: said.replace(/(?:^|\s)#+$/, "").trim() };
    } else if (RULE.test(line)) {
      at += 1;
      block = { is: "rule" };
    } else if (!isDeep && QUOTE.test(line)) {
      while (at < lines.length && QUOTE.test(lines[at] as string)) at += 1;
      const inner = lines.slice(from, at).map((it) => it.replace(QUOTE, ""));
      block = { is: "quote", of: parseBlocks(inner.join("\n"), depth + 1) };
    } else if (!isDeep && ITEM.test(line)) block = listFrom();
    else block = tableFrom() ?? paragraphFrom();
    blocks.push({ ...block, raw: lines.slice(from, at).join("\n") } as Block);
  }
  return blocks;

  function codeFrom(marks: string, line: string): DistributiveOmit<Block, "raw"> {
    const start = ++at;
    const [language = ""] = line.trim().slice(marks.length).trim().slice(0, 40).split(/\s/);
    const isEnd = (it: string) => {
      const found = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(it)?.[1] ?? "";
      return found[0] === marks[0] && found.length >= marks.length;
    };
    while (at < lines.length && !isEnd(lines[at] as string)) at += 1;
    const inner = lines.slice(start, at);
    at += 1;
    return { is: "code", language, text: inner.join("\n") };
  }

  function listFrom(): DistributiveOmit<Block, "raw"> {
    const first = ITEM.exec(lines[at] as string);
    const kind = first?.[2]?.at(-1);
    const items: { done: boolean | null; of: Block[] }[] = [];
    for (;;) {
      const item = at < lines.length ? ITEM.exec(lines[at] as string) : null;
      if (!item || item[2]?.at(-1) !== kind || RULE.test(lines[at] as string)) break;
      const [mark] = item;
      const inner = [(lines[at] as string).slice(mark.length)];
      for (at += 1; at < lines.length; at += 1) {
        const line = lines[at] as string;
        const isBlank = line.trim() === "";
        if (isBlank ? !isIndented(lines[at + 1] ?? "", mark.length) : !isPart(line, mark.length)) break;
        inner.push(line.slice(Math.min(mark.length, line.length - line.trimStart().length)));
      }
      while (at + 1 < lines.length && lines[at]?.trim() === "" && ITEM.test(lines[at + 1] as string)) at += 1;
      const task = /^\[([ xX])\]\s+/.exec(inner[0] ?? "");
      if (task) inner[0] = (inner[0] ?? "").slice(task[0].length);
      items.push({ done: task ? task[1] !== " " : null, of: parseBlocks(inner.join("\n"), depth + 1) });
    }
    return { is: "list", start: first?.[3] === undefined ? null : Number(first[3]), items };
  }

  function tableFrom(): DistributiveOmit<Block, "raw"> | null {
    const next = lines[at + 1] ?? "";
    if (!lines[at]?.includes("|") || !next.includes("-") || !DELIMITERS.test(next)) return null;
    const head = cells(lines[at] as string);
    const align = cells(next).map(alignOf);
    if (align.length !== head.length) return null;
    const rows: string[][] = [];
    for (at += 2; at < lines.length && isRow(lines[at] as string); at += 1)
      rows.push(cells(lines[at] as string).slice(0, head.length));
    return { is: "table", head: head.slice(0, MOST_COLUMNS), align, rows };
  }

  function paragraphFrom(): DistributiveOmit<Block, "raw"> {
    const start = at;
    at += 1;
    while (at < lines.length && !interrupts(lines[at] as string)) at += 1;
    return { is: "paragraph", text: lines.slice(start, at).join("\n").trim() };
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function isIndented(line: string, by: number): boolean {
  return line.trim() !== "" && line.length - line.trimStart().length >= Math.min(by, 2);
}

/** A line that goes on with an item: indented, or plain text right below it. */
function isPart(line: string, by: number): boolean {
  return isIndented(line, by) || !interrupts(line);
}

function interrupts(line: string): boolean {
  if (line.trim() === "") return true;
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line) || ITEM.test(line);
}

function isRow(line: string): boolean {
  return line.trim() !== "" && line.includes("|") && !FENCE.test(line) && !QUOTE.test(line);
}

function cells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function alignOf(cell: string): Align {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  if (left && right) return "center";
  return right ? "end" : left ? "start" : null;
}
