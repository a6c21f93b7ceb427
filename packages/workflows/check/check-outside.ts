import { isListed } from "#egress/host-rule";
import type { AppFile } from "#protocol/app-file/app";
import type { HttpTool } from "#protocol/app-file/http-tool";
import type { McpTool } from "#protocol/app-file/mcp-tool";
import { placeholders, placeholdersIn } from "#runtime/tools/fill";
import { type CelScope, celProblem } from "./check-cel.ts";
import { oneOf, own, type Report } from "./finding.ts";

/** A tool that reaches the outside: its host is allowed, its placeholders are parameters, its server is there. */
export function checkOutside(at: string, tool: HttpTool | McpTool, app: AppFile, report: Report): void {
  const names = Object.keys(tool.parameters);
  const known = (where: string, asked: string[]) => {
    for (const name of asked)
      if (!names.includes(name))
        report(where, `"{${name}}" is not a parameter of this tool; ${oneOf(names)}.`);
  };
  for (const [index, name] of tool.required.entries())
    if (!names.includes(name))
      report(`${at}.required.${index}`, `There is no parameter "${name}"; ${oneOf(names)}.`);
  if (tool.kind === "http") checkHttp(at, tool, app, report, known);
  else if (!own(app.mcp, tool.server))
    report(`${at}.server`, `There is no MCP server "${tool.server}"; ${oneOf(Object.keys(app.mcp))}.`);
  const scope: CelScope = { args: names, user: null, now: null };
  for (const name of ["when", "operator_when"] as const) {
    const condition = tool.approval?.[name];
    const problem = condition && celProblem(condition, scope);
    if (problem) report(`${at}.approval.${name}`, problem);
  }
  known(
    `${at}.approval.message`,
    placeholders(tool.approval?.message ?? "").filter((name) => name !== "request"),
  );
}

function checkHttp(
  at: string,
  tool: HttpTool,
  app: AppFile,
  report: Report,
  known: (where: string, asked: string[]) => void,
): void {
  const url = URL.canParse(tool.url) ? new URL(tool.url) : null;
  if (!url) report(`${at}.url`, "This is not a valid address.");
  else if (!isListed(url, app.allow_hosts))
    report(
      `${at}.url`,
      `The host "${url.host}" is not in the app's \`allow_hosts\`; ${oneOf(app.allow_hosts)}.`,
    );
  known(`${at}.url`, placeholders(tool.url));
  for (const [name, text] of Object.entries(tool.query)) known(`${at}.query.${name}`, placeholders(text));
  for (const [name, text] of Object.entries(tool.headers)) known(`${at}.headers.${name}`, placeholders(text));
  known(`${at}.body`, placeholdersIn(tool.body));
  // An absent argument would leave a hole in the path, which may be another address.
  for (const name of placeholders(tool.url.split("?")[0] ?? ""))
    if (Object.hasOwn(tool.parameters, name) && !tool.required.includes(name))
      report(`${at}.required`, `"${name}" stands in the path, so it must be required.`);
  if (tool.body !== undefined && ["GET", "HEAD"].includes(tool.method))
    report(`${at}.body`, `A ${tool.method} has no body.`);
}
