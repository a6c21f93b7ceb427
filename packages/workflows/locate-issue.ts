import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { FileIssue } from "#protocol/api/files";

/**
 * Where in the files an issue is: `workflows/x/workflow.yaml: tools.y.table` → that file, and the line of the deepest
 * part of the path that is there. Faults of form name their line themselves.
 */
export function locateIssue(
  texts: Readonly<Record<string, string>>,
  issue: { path: string; message: string },
): FileIssue {
  const [file = "", at = ""] = issue.path.split(": ", 2);
  const text = texts[file];
  const said = /at line (\d+)/.exec(issue.message)?.[1];
  const line = said ? Number(said) : text === undefined ? null : lineOf(text, at === "" ? [] : at.split("."));
  return { file, path: at, line, message: issue.message };
}

function lineOf(text: string, path: readonly string[]): number {
  const lines = new LineCounter();
  let node = parseDocument(text, { lineCounter: lines, logLevel: "silent" }).contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((it) => isScalar(it.key) && String(it.key.value) === part);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return lines.linePos(offset).line || 1;
}
