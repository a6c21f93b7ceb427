import "@xyflow/react/dist/style.css";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { Bot, CircleStop, LogIn, SquareArrowOutUpRight, Wrench } from "lucide-react";
import { useMemo } from "react";
import { classNames } from "../ui/class-names.ts";
import { type GraphNode, graphOf, nodeId, type RawWorkflow, targetId } from "./workflow-graph.ts";
import { layoutOf } from "./workflow-layout.ts";

type Shown = { of: GraphNode; label: string; isEntry: boolean };
type Props = {
  raw: RawWorkflow;
  /** The node whose details are open. */
  selected: string | null;
  onSelect: (id: string | null) => void;
};

const WORDS = { handoffs: "hands over", tools: "", asks: "asks", panel: "always asks", next: "goes on" };

/** A workflow as a picture: its agents, what each may use, and where a conversation goes from one to another. */
export function GraphView({ raw, selected, onSelect }: Props) {
  const { nodes, edges } = useMemo(() => shownOf(raw), [raw]);
  return (
    <ReactFlow
      nodes={nodes.map((it) => ({ ...it, selected: it.id === selected }))}
      edges={edges}
      nodeTypes={NODE_TYPES}
      colorMode="system"
      fitView
      fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
      minZoom={0.2}
      nodesDraggable={false}
      nodesConnectable={false}
      deleteKeyCode={null}
      onSelectionChange={({ nodes: [first] }) => first && onSelect(first.id)}
      onPaneClick={() => onSelect(null)}
      aria-label="The workflow as a graph"
      className="!bg-transparent"
    >
      <Background gap={24} className="!text-line" />
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function shownOf(raw: RawWorkflow): { nodes: Node<Shown>[]; edges: Edge[] } {
  const graph = graphOf(raw);
  const spots = layoutOf(graph);
  const nodes = graph.nodes.map((of): Node<Shown> => {
    const label = of.kind === "agent" ? (raw.agents[of.name]?.title ?? of.name) : of.name;
    return {
      id: of.id,
      type: "part",
      position: spots.get(of.id) ?? { x: 0, y: 0 },
      ariaLabel: `${of.kind} ${label}`,
      data: { of, label, isEntry: of.kind === "agent" && of.name === graph.entry },
    };
  });
  const edges = graph.edges.map((it, at): Edge => {
    const isTool = it.kind === "tools";
    return {
      id: `${at}`,
      source: nodeId("agent", it.from),
      target: targetId(it),
      label: WORDS[it.kind],
      focusable: false,
      style: isTool ? { strokeDasharray: "3 4" } : { strokeWidth: 1.5 },
      ...(isTool ? {} : { markerEnd: { type: MarkerType.ArrowClosed } }),
    };
  });
  return { nodes, edges };
}

const ICONS = { agent: Bot, tool: Wrench, outside: SquareArrowOutUpRight, end: CircleStop };
const NODE_TYPES = { part: Part };

function Part({ data: { of, label, isEntry }, selected }: NodeProps<Node<Shown>>) {
  const Icon = ICONS[of.kind];
  return (
    <div
      className={classNames(
        "flex w-52 items-center gap-2.5 rounded-xl border bg-surface px-3 py-2.5 text-ink",
        of.kind === "tool" && "!rounded-lg text-sm",
        of.kind === "outside" && "border-dashed",
        selected ? "border-accent ring-2 ring-accent/40" : "border-line",
      )}
    >
      <Handle type="target" position={Position.Left} className="!size-1.5 !border-0 !bg-edge" />
      <Icon
        className={classNames("size-4 shrink-0", of.kind === "agent" ? "text-accent-ink" : "text-soft")}
        aria-hidden="true"
      />
      <span className="min-w-0 flex-1 truncate font-medium">{label}</span>
      {isEntry && <LogIn className="size-4 shrink-0 text-good" aria-label="starts here" />}
      <Handle type="source" position={Position.Right} className="!size-1.5 !border-0 !bg-edge" />
    </div>
  );
}
