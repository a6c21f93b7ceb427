import { type Document, isMap, isScalar, isSeq, parseDocument, Scalar } from "yaml";
import { LINKS, type Link, type RawWorkflow } from "./workflow-graph.ts";

/** What the graph can change in a workflow's file. */
export type WorkflowEdit =
  | { type: "say"; agent: string; field: "title" | "description" | "instructions"; text: string }
  | { type: "rename"; agent: string; to: string }
  | { type: "link" | "unlink"; kind: Link; agent: string; to: string }
  | { type: "enter"; agent: string };

/** The file as data; null while it is none, as when somebody is in the middle of typing it. */
export function readWorkflow(text: string): RawWorkflow | null {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0) return null;
  const raw = document.toJS({ maxAliasCount: 0 }) as Partial<RawWorkflow> | null;
  const agents = raw?.agents;
  const sound = typeof agents === "object" && agents !== null && typeof raw?.entry_agent === "string";
  return sound && Object.values(agents).every((it) => typeof it === "object" && it !== null)
    ? (raw as RawWorkflow)
    : null;
}

/** The file with one thing changed: comments, order and all else stay as they were written. */
export function editWorkflow(text: string, edit: WorkflowEdit): string {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0 || !document.hasIn(["agents", edit.agent])) return text;
  if (edit.type === "say") say(document, edit);
  if (edit.type === "enter") document.setIn(["entry_agent"], edit.agent);
  if (edit.type === "link") link(document, edit);
  if (edit.type === "unlink") unlink(document, edit);
  if (edit.type === "rename" && !rename(document, edit)) return text;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function say(document: Document, { agent, field, text }: Extract<WorkflowEdit, { type: "say" }>): void {
  const value = new Scalar(text);
  if (text.includes("\n")) value.type = Scalar.BLOCK_LITERAL;
  document.setIn(["agents", agent, field], value);
}

type LinkEdit = Extract<WorkflowEdit, { type: "link" | "unlink" }>;

function link(document: Document, { kind, agent, to }: LinkEdit): void {
  const list = document.getIn(["agents", agent, kind]);
  if (!isSeq(list)) document.setIn(["agents", agent, kind], document.createNode([to], { flow: true }));
  else if (!list.items.some((it) => plainOf(it) === to)) list.add(document.createNode(to));
}

function unlink(document: Document, { kind, agent, to }: LinkEdit): void {
  const path = ["agents", agent, kind];
  const list = document.getIn(path);
  if (!isSeq(list)) return;
  const left = list.items.filter((it) => plainOf(it) !== to);
  if (left.length === 0) document.deleteIn(path);
  else list.items = left;
}

/** Wherever the workflow names the agent. False: there is one of that name already. */
function rename(document: Document, { agent, to }: Extract<WorkflowEdit, { type: "rename" }>): boolean {
  const agents = document.get("agents");
  if (!isMap(agents) || agents.has(to)) return false;
  for (const pair of agents.items) {
    if (isScalar(pair.key) && pair.key.value === agent) pair.key.value = to;
    if (!isMap(pair.value)) continue;
    for (const kind of LINKS) if (kind !== "tools") replaceIn(pair.value.get(kind), agent, to);
    const next = pair.value.get("next");
    if (isSeq(next))
      for (const rule of next.items) if (isMap(rule) && rule.get("to") === agent) rule.set("to", to);
  }
  if (document.get("entry_agent") === agent) document.set("entry_agent", to);
  const variables = document.get("variables");
  if (isMap(variables))
    for (const { value } of variables.items) if (isMap(value)) replaceIn(value.get("writers"), agent, to);
  return true;
}

function replaceIn(list: unknown, from: string, to: string): void {
  if (!isSeq(list)) return;
  for (const item of list.items) if (isScalar(item) && item.value === from) item.value = to;
}

function plainOf(item: unknown): unknown {
  return isScalar(item) ? item.value : item;
}
