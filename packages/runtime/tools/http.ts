import { LIMITS } from "#base/limits";
import type { HttpTool } from "#protocol/app-file/http-tool";
import type { RunDeps } from "../run-deps.ts";
import { show } from "../show.ts";
import type { Outcome, ToolCall } from "../transcript.ts";
import { authorise } from "./authorise.ts";
import { egressOf, exampleOf } from "./egress-of.ts";
import { type HttpRequest, httpRequest } from "./http-request.ts";
import type { Planned } from "./planned.ts";
import { send } from "./send.ts";

const READS = ["GET", "HEAD"];
const REPEATABLE = ["GET", "HEAD", "PUT", "DELETE"];

/** Whether a call of the tool may change something at the other side. */
export function httpWrites(tool: HttpTool): boolean {
  return !READS.includes(tool.method);
}

/** What an HTTP call would send. Its secrets are put in only when it leaves. */
export function planHttpCall(
  tool: HttpTool,
  call: ToolCall,
  args: Record<string, unknown>,
  deps: RunDeps,
): Planned {
  const made = httpRequest(tool, args);
  if (!made.ok) return made;
  const { request } = made;
  const { host, pathname } = new URL(request.url);
  return {
    ok: true,
    variables: { args, user: deps.user, now: new Date(deps.clock.now()) },
    facts: [
      { name: "request", label: "Request", value: `${tool.method} ${host}${pathname}` },
      ...factsOf(tool, args),
    ],
    shown: JSON.stringify(request),
    sends: { to: host, writes: httpWrites(tool), says: Object.keys(args).length > 0 },
    repeatable: tool.idempotent || REPEATABLE.includes(tool.method),
    act: () => act(tool, call, request, deps),
  };
}

/** The arguments as a card shows them. */
export function factsOf(
  tool: { parameters: Record<string, { title?: string | undefined }> },
  args: Record<string, unknown>,
) {
  return Object.entries(args).map(([name, value]) => ({
    name,
    label: tool.parameters[name]?.title ?? name.replaceAll("_", " "),
    value: show(value),
  }));
}

async function act(tool: HttpTool, call: ToolCall, request: HttpRequest, deps: RunDeps): Promise<Outcome> {
  const egress = egressOf(deps.files.app.allow_hosts, deps);
  if (egress === null) return exampleOf(tool, new URL(request.url).host);
  const access = await authorise(tool.auth, deps.secret);
  if (!access.ok) return access;
  const url = new URL(request.url);
  for (const [name, value] of access.query) url.searchParams.set(name, value);
  const headers = {
    ...request.headers,
    ...(httpWrites(tool) ? { "idempotency-key": call.tool_call_id } : {}),
  };
  return send(
    egress,
    {
      request: { ...request, url: url.href, headers },
      secret_headers: access.headers,
      secrets: access.secrets,
      host: url.host,
      trusted: tool.trusted,
      result: tool.result,
      repeatable: tool.idempotent || REPEATABLE.includes(tool.method),
      writes: httpWrites(tool),
      timeout_ms: tool.timeout_ms ?? LIMITS.toolTimeoutMs,
    },
    deps,
  );
}
