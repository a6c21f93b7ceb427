import type { Tool } from "#protocol/app-file/tool";
import type { Cell } from "#tables/tables";
import type { RunDeps } from "../run-deps.ts";
import type { ToolCall } from "../transcript.ts";
import { httpWrites, planHttpCall } from "./http.ts";
import { planKnowledgeCall } from "./knowledge.ts";
import { planMcpCall } from "./mcp.ts";
import type { Planned } from "./planned.ts";
import { planTableCall } from "./table.ts";

/** A tool that works by itself; the others wait for a person. */
export type WorkingTool = Exclude<Tool, { kind: "ui" | "operator" }>;

/** What a call would do. `args` fit the tool's schema. */
export async function planCall(
  tool: WorkingTool,
  call: ToolCall,
  args: Record<string, unknown>,
  deps: RunDeps,
): Promise<Planned> {
  switch (tool.kind) {
    case "table":
      return planTableCall(tool, call, args as Record<string, Cell>, deps);
    case "knowledge":
      return planKnowledgeCall(tool, args, deps);
    case "http":
      return planHttpCall(tool, call, args, deps);
    case "mcp":
      return planMcpCall(tool, args, deps);
  }
}

/** Whether the world may be another one after such a call: when it breaks off, what came of it is unknown. */
export function mayWrite(tool: WorkingTool): boolean {
  switch (tool.kind) {
    case "table":
      return tool.action === "insert" || tool.action === "update";
    case "knowledge":
      return false;
    case "http":
      return httpWrites(tool);
    case "mcp":
      return !tool.read_only;
  }
}
