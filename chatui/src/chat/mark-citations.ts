import { CITATION } from "./citations.ts";

/** The part of hast that is looked at. */
type Node = { type: string; value?: string; tagName?: string; properties?: object; children?: Node[] };
/** What is written there is no sentence of the answer. */
const NOT_IN = ["a", "code", "pre"];

/**
 * A rehype plugin: makes of each `[3]` in a text an element `cite`, which no markdown makes otherwise. What it becomes
 * on the page is for its component; nothing of the text goes into an attribute but the number.
 */
export function markCitations() {
  return (tree: Node): void => {
    tree.children = tree.children?.flatMap(marked);
  };
}

function marked(node: Node): Node[] {
  if (node.type === "text") return cut(node.value ?? "");
  if (node.type !== "element" || NOT_IN.includes(node.tagName ?? "")) return [node];
  return [{ ...node, children: node.children?.flatMap(marked) ?? [] }];
}

function cut(text: string): Node[] {
  const pieces: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(CITATION)) {
    if (match.index > end) pieces.push({ type: "text", value: text.slice(end, match.index) });
    const children = [{ type: "text", value: match[0] }];
    pieces.push({ type: "element", tagName: "cite", properties: {}, children });
    end = match.index + match[0].length;
  }
  return [...pieces, { type: "text", value: text.slice(end) }];
}
