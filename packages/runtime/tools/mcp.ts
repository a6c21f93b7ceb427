import { LIMITS } from "#base/limits";
import { mcpPin } from "#connectors/mcp-pin";
import { type McpSession, withMcp } from "#connectors/mcp-session";
import { EgressError } from "#egress/egress-error";
import { redact } from "#egress/redact";
import type { McpServer, McpTool } from "#protocol/app-file/mcp-tool";
import type { RunDeps } from "../run-deps.ts";
import type { Outcome } from "../transcript.ts";
import { UNKNOWN } from "../unknown.ts";
import { authorise } from "./authorise.ts";
import { egressOf, exampleOf } from "./egress-of.ts";
import { factsOf } from "./http.ts";
import type { Planned } from "./planned.ts";
import { marksOf, shownOf } from "./read-answer.ts";

/** What a call of a remote tool would send. */
export function planMcpCall(tool: McpTool, args: Record<string, unknown>, deps: RunDeps): Planned {
  const { mcp } = deps.files.app;
  const server = Object.hasOwn(mcp, tool.server) ? mcp[tool.server] : undefined;
  if (!server) return { ok: false, error: `There is no MCP server "${tool.server}".` };
  const { host } = new URL(server.url);
  return {
    ok: true,
    variables: { args, user: deps.user, now: new Date(deps.clock.now()) },
    facts: [{ name: "request", label: "Request", value: `${tool.tool} at ${host}` }, ...factsOf(tool, args)],
    shown: JSON.stringify([server.url, tool.tool, tool.pin, args]),
    sends: { to: host, writes: !tool.read_only, says: Object.keys(args).length > 0 },
    repeatable: tool.read_only || tool.idempotent,
    act: () => act(tool, server, args, deps),
  };
}

async function act(
  tool: McpTool,
  server: McpServer,
  args: Record<string, unknown>,
  deps: RunDeps,
): Promise<Outcome> {
  const url = new URL(server.url);
  // The file names the server: its own host is all that a call may reach.
  const egress = egressOf([url.host], deps);
  if (egress === null) return exampleOf(tool, url.host);
  const access = await authorise(server.auth, deps.secret);
  if (!access.ok) return access;
  for (const [name, value] of access.query) url.searchParams.set(name, value);
  const at = {
    url: url.href,
    secret_headers: access.headers,
    signal: deps.signal,
    timeout_ms: tool.timeout_ms ?? LIMITS.toolTimeoutMs,
  };
  let called = false;
  try {
    return await withMcp(egress, at, async (session) => {
      const changed = await changeOf(session, tool);
      if (changed) return { ok: false, error: changed };
      called = true;
      const answer = await session.call(tool.tool, args);
      const told = redact(JSON.stringify(answer), access.secrets);
      return outcomeOf(JSON.parse(told), tool, url.host);
    });
  } catch (cause) {
    const error =
      cause instanceof EgressError ? cause.message : "The MCP server did not answer as it should.";
    if (called && !tool.read_only) return { ok: false, unknown: true, error: `${UNKNOWN} (${error})` };
    return { ok: false, error };
  }
}

/** Why the tool may not be called, as a sentence, or null: it is still what the app's owner has seen (T43). */
async function changeOf(session: McpSession, tool: McpTool): Promise<string | null> {
  const remote = (await session.tools()).find(({ name }) => name === tool.tool);
  if (!remote)
    return `The MCP server has no tool "${tool.tool}" any more. Its owner needs to import it again.`;
  if ((await mcpPin(remote)) === tool.pin) return null;
  return `The MCP server has changed "${tool.tool}" since it was added, so it is not called. The app's owner needs to look at it and import it again.`;
}

type Answer = {
  isError?: boolean;
  structuredContent?: unknown;
  content?: { type: string; text?: string }[];
};

function outcomeOf(answer: Answer, tool: McpTool, host: string): Outcome {
  const marks = marksOf({ host, trusted: tool.trusted });
  const texts = (answer.content ?? []).flatMap((it) => (it.type === "text" && it.text ? [it.text] : []));
  const text = texts.join("\n");
  if (answer.isError)
    return { ok: false, error: "The tool reports an error.", ...marks, excerpt: text.slice(0, 1_000) };
  if (answer.structuredContent !== undefined)
    return { ok: true, ...marks, ...shownOf(answer.structuredContent, tool.result) };
  const left = (answer.content ?? []).length - texts.length;
  const other = left > 0 ? { left_out: `${left} parts that are not text` } : {};
  return { ok: true, ...marks, ...shownOf(parsed(text), tool.result), ...other };
}

/** Many servers answer JSON as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
