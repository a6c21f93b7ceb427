import { nodeId, targetId, type WorkflowGraph } from "./workflow-graph.ts";

export type Spot = { x: number; y: number };
const COLUMN = 300;
const ROW = 120;
const TOOL_ROW = 84;

/**
 * Where each node stands: agents and other workflows in columns by how many steps lead there from the entry, tools below
 * them, in the column after whoever uses them first.
 */
export function layoutOf({ entry, nodes, edges }: WorkflowGraph): Map<string, Spot> {
  const start = nodeId("agent", entry);
  const depth = new Map([[start, 0]]);
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const edge of edges) {
      const to = targetId(edge);
      if (edge.kind === "tools" || nodeId("agent", edge.from) !== at || depth.has(to)) continue;
      depth.set(to, (depth.get(at) ?? 0) + 1);
      queue.push(to);
    }
  const places = nodes.filter((it) => it.kind !== "tool");
  const rows = new Map<number, number>();
  const spots = new Map<string, Spot>();
  for (const { id } of places) {
    const column = depth.get(id) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    spots.set(id, { x: column * COLUMN, y: row * ROW });
  }
  const tools = nodes.filter((it) => it.kind === "tool");
  const heights = new Map([...rows].map(([column, count]) => [column, count * ROW]));
  for (const { id, name } of tools) {
    const user = edges.find((it) => it.kind === "tools" && it.to === name)?.from;
    const column = (user === undefined ? 0 : (depth.get(nodeId("agent", user)) ?? 0)) + 1;
    const y = heights.get(column) ?? 0;
    heights.set(column, y + TOOL_ROW);
    spots.set(id, { x: column * COLUMN, y });
  }
  return spots;
}
