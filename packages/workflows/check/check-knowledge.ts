import type { KnowledgeTool } from "#protocol/app-file/knowledge-tool";
import { type CelScope, celProblem } from "./check-cel.ts";
import type { Report } from "./finding.ts";

/** What a knowledge tool's conditions see is there. Its files may come later: they are the live app's, not a version's. */
export function checkKnowledge(at: string, tool: KnowledgeTool, report: Report): void {
  const scope: CelScope = { args: ["query"], user: null, now: null };
  for (const name of ["when", "operator_when"] as const) {
    const condition = tool.approval?.[name];
    const problem = condition && celProblem(condition, scope);
    if (problem) report(`${at}.approval.${name}`, problem);
  }
  for (const [, name] of tool.approval?.message?.matchAll(/\{([a-z][a-z0-9_]*)\}/g) ?? [])
    if (name !== "query")
      report(`${at}.approval.message`, `"{${name}}" names nothing; there is only "query".`);
}
