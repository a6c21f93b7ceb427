/** A workflow as its file has it, before a schema fills anything in: the parts that a graph is made of. */
export type RawAgent = {
  title?: string;
  description?: string;
  instructions?: string;
  tools?: string[];
  handoffs?: string[];
  asks?: string[];
  panel?: string[];
  next?: { to: string; when?: string }[];
  hidden?: boolean;
};
export type RawWorkflow = {
  name: string;
  title?: string;
  entry_agent: string;
  agents: Record<string, RawAgent>;
  tools?: Record<string, { kind: string; description?: string }>;
};

/** Lists of an agent that are edges of the graph, to draw and to edit. */
export const LINKS = ["handoffs", "tools", "asks", "panel"] as const;
export type Link = (typeof LINKS)[number];
/** `outside`: another workflow of the app. `end`: where a `next` rule ends the turn. */
export type GraphNode = { id: string; kind: "agent" | "tool" | "outside" | "end"; name: string };
export type GraphEdge = { kind: Link | "next"; from: string; to: string };
export type WorkflowGraph = { entry: string; nodes: GraphNode[]; edges: GraphEdge[] };

/** Agents, tools and what leads from one to another, in the order of the file. */
export function graphOf(raw: RawWorkflow): WorkflowGraph {
  const agents = Object.entries(raw.agents);
  const edges = agents.flatMap(([from, agent]): GraphEdge[] => [
    ...LINKS.flatMap((kind) => (agent[kind] ?? []).map((to) => ({ kind, from, to }))),
    ...(agent.next ?? []).map(({ to }) => ({ kind: "next" as const, from, to })),
  ]);
  const known = new Set([...Object.keys(raw.agents), ...Object.keys(raw.tools ?? {})]);
  const others = [...new Set(edges.map((it) => it.to).filter((to) => !known.has(to)))];
  return {
    entry: raw.entry_agent,
    nodes: [
      ...agents.map(([name]) => node("agent", name)),
      ...Object.keys(raw.tools ?? {}).map((name) => node("tool", name)),
      ...others.map((name) => node(name === "end" ? "end" : "outside", name)),
    ],
    edges,
  };
}

/** The workflow with the graph's edges and entry in the place of its own; what a graph doesn't show stays as it is. */
export function withGraph(raw: RawWorkflow, graph: WorkflowGraph): RawWorkflow {
  const agents = Object.entries(raw.agents).map(([name, agent]) => {
    const lists = LINKS.flatMap((kind) => {
      const to = graph.edges.filter((it) => it.kind === kind && it.from === name).map((it) => it.to);
      return to.length > 0 || agent[kind] !== undefined ? [[kind, to]] : [];
    });
    return [name, { ...agent, ...Object.fromEntries(lists) }];
  });
  return { ...raw, entry_agent: graph.entry, agents: Object.fromEntries(agents) };
}

/** An agent and a tool may have one name: their places in the graph don't. */
export function nodeId(kind: GraphNode["kind"], name: string): string {
  return `${kind === "tool" ? "tool" : "place"}:${name}`;
}

export function targetId(edge: GraphEdge): string {
  return nodeId(edge.kind === "tools" ? "tool" : "agent", edge.to);
}

function node(kind: GraphNode["kind"], name: string): GraphNode {
  return { id: nodeId(kind, name), kind, name };
}
