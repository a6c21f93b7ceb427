const CONTEXT = 3;
/** Beyond this many pairs of lines to compare, what differs is shown as one block. */
const MAX_PAIRS = 4_000_000;

type Line = { kind: " " | "-" | "+"; text: string };

/** Two texts as one unified diff, or "" when they are the same. An absent text is "". */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = diffLines(split(before), split(after));
  const head = [
    `--- ${before === "" ? "/dev/null" : `a/${path}`}`,
    `+++ ${after === "" ? "/dev/null" : `b/${path}`}`,
  ];
  return `${[...head, ...hunks(lines)].join("\n")}\n`;
}

function split(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ kind: " ", text }));
  return [
    ...same(before.slice(0, start)),
    ...between(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the longest common subsequence. */
function between(a: readonly string[], b: readonly string[]): Line[] {
  const gone = (text: string): Line => ({ kind: "-", text });
  const come = (text: string): Line => ({ kind: "+", text });
  if (a.length * b.length > MAX_PAIRS) return [...a.map(gone), ...b.map(come)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: " ", text: a[i]! });
      [i, j] = [i + 1, j + 1];
    } else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      lines.push(gone(a[i++]!));
    else lines.push(come(b[j++]!));
  }
  return lines;
}

function hunks(lines: readonly Line[]): string[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((it) => it.kind !== " "),
  );
  const out: string[] = [];
  let [old, fresh] = [1, 1];
  for (let at = 0; at < lines.length; ) {
    if (!near[at]) {
      [old, fresh, at] = [old + 1, fresh + 1, at + 1];
      continue;
    }
    let end = at;
    while (end < lines.length && near[end]) end += 1;
    const part = lines.slice(at, end);
    const [was, is] = [
      part.filter((it) => it.kind !== "+").length,
      part.filter((it) => it.kind !== "-").length,
    ];
    out.push(`@@ -${was === 0 ? old - 1 : old},${was} +${is === 0 ? fresh - 1 : fresh},${is} @@`);
    out.push(...part.map((it) => it.kind + it.text));
    [old, fresh, at] = [old + was, fresh + is, end];
  }
  return out;
}
