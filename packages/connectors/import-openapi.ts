import { LIMITS } from "#base/limits";
import type { HttpTool } from "#protocol/app-file/http-tool";
import { serverOf, sourceOf, unused } from "./openapi-document.ts";
import { operationTool } from "./openapi-operation.ts";
import { listOf, recordOf, resolved } from "./to-parameter.ts";

export type Imported = {
  tools: Record<string, HttpTool>;
  /** Names of the secrets that the tools need. */
  secrets: string[];
  /** Hosts for the app's `allow_hosts`. */
  hosts: string[];
  skipped: { operation: string; reason: string }[];
};
export type Select = { operations?: readonly string[] | undefined; tags?: readonly string[] | undefined };

const METHODS = ["get", "head", "post", "put", "patch", "delete"] as const;
const MAX_OPERATIONS = 2_000;

/**
 * The operations of an OpenAPI 3.0 or 3.1 document (parsed) as `http` tools, or what is wrong with it as a sentence.
 * `select`: by `operationId` (or `GET /path`) and by tag; both absent: all. What can't become a tool is listed with
 * the reason. A tool that writes asks the person first; whoever takes it into a workflow may change that. Pure.
 */
export function importOpenapi(document: unknown, select: Select = {}): Imported | { error: string } {
  const root = recordOf(document);
  if (!root || typeof root.openapi !== "string" || !/^3\.[01]\./.test(`${root.openapi}.`))
    return { error: "This is not an OpenAPI 3.0 or 3.1 document." };
  const source = sourceOf(root);
  const schemes = recordOf(recordOf(root.components)?.securitySchemes) ?? {};
  const tools = new Map<string, HttpTool>();
  const skipped: Imported["skipped"] = [];
  let seen = 0;
  for (const [path, value] of Object.entries(recordOf(root.paths) ?? {})) {
    const item = resolved(value, source);
    for (const method of METHODS) {
      const operation = recordOf(item && Object.hasOwn(item, method) ? item[method] : null);
      if (!item || !operation || seen >= MAX_OPERATIONS) continue;
      seen += 1;
      const label = `${method.toUpperCase()} ${path}`;
      if (!isSelected(operation, label, select)) continue;
      if (tools.size >= LIMITS.importMaxTools) {
        skipped.push({
          operation: label,
          reason: `One import gives at most ${LIMITS.importMaxTools} tools.`,
        });
        continue;
      }
      const made = operationTool({
        method,
        path,
        operation,
        shared: listOf(item.parameters),
        server: serverOf(operation.servers) ?? serverOf(item.servers) ?? serverOf(root.servers),
        security: operation.security ?? root.security,
        schemes,
        source,
      });
      if (made.ok) tools.set(unused(made.name, new Set(tools.keys())), made.tool);
      else skipped.push({ operation: label, reason: made.reason });
    }
  }
  const all = [...tools.values()];
  return {
    tools: Object.fromEntries(tools),
    secrets: [...new Set(all.flatMap((tool) => tool.auth.map(({ secret }) => secret)))],
    hosts: [...new Set(all.map((tool) => new URL(tool.url.replace(/[{}]/g, "_")).host))],
    skipped: skipped.slice(0, 200),
  };
}

function isSelected(
  operation: Record<string, unknown>,
  label: string,
  { operations, tags }: Select,
): boolean {
  if (operations === undefined && tags === undefined) return true;
  if (operations?.some((name) => name === operation.operationId || name === label)) return true;
  return tags?.some((tag) => listOf(operation.tags).includes(tag)) ?? false;
}
