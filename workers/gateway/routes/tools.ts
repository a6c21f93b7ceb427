import * as z from "zod";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { importMcp } from "#connectors/import-mcp";
import { importOpenapi } from "#connectors/import-openapi";
import { withMcp } from "#connectors/mcp-session";
import { EgressError } from "#egress/egress-error";
import { type Egress, guardedFetch } from "#egress/guarded-fetch";
import { redact } from "#egress/redact";
import { importedMcp, importedOpenapi, importMcpBody, importOpenapiBody } from "#protocol/api/tools";
import { id } from "#protocol/ids";
import { authorise } from "#runtime/tools/authorise";
import { parseYaml } from "#workflows/parse-yaml";
import { secretsOfRun } from "../../secrets-of-run.ts";
import type { Ctx } from "../call.ts";
import { jsonDepth } from "../json-depth.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Tools"];
const params = z.object({ enterprise_id: id });
const MAX_DEPTH = 64;

export const toolRoutes = routes();

toolRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps/{enterprise_id}/tools/import-openapi",
    tags,
    summary: "The operations of an OpenAPI document as tools, to put into a workflow; changes nothing",
    access: "session",
    key: "workflows.write",
    request: { params, body: jsonBody(importOpenapiBody) },
    responses: answers(200, importedOpenapi, "Definitions of tools, and what was left out"),
  }),
  async (c) => {
    await seeAs(c, c.req.valid("param").enterprise_id, "app.build");
    const { document, url, select } = c.req.valid("json");
    const given = url === undefined ? document : await download(c, url);
    const made = importOpenapi(typeof given === "string" ? parsed(given) : given, select);
    if ("error" in made) throw wrong(url === undefined ? "document" : "url", made.error);
    return c.json(made, 200);
  },
);

toolRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps/{enterprise_id}/tools/import-mcp",
    tags,
    summary: "The tools of an MCP server, each pinned, to put into a workflow; changes nothing",
    access: "session",
    request: { params, body: jsonBody(importMcpBody) },
    responses: answers(200, importedMcp, "Definitions of tools, and what was left out"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { url, secret, server } = c.req.valid("json");
    // Who names an address for a secret sends it there.
    const { scope } = await seeAs(c, enterprise_id, secret === undefined ? "app.build" : "secrets.change");
    const auth = secret === undefined ? [] : [{ kind: "bearer" as const, secret }];
    const access = await authorise(auth, secretsOfRun(c.env.deps, scope));
    if (!access.ok) throw wrong("secret", access.error);
    const at = {
      url,
      secret_headers: access.headers,
      signal: c.req.raw.signal,
      timeout_ms: LIMITS.toolTimeoutLongestMs,
    };
    const remote = await reach("url", () => withMcp(egressOf(c), at, (session) => session.tools()));
    const told: typeof remote = JSON.parse(redact(JSON.stringify(remote), access.secrets));
    return c.json({ mcp: { [server]: { url, auth } }, ...(await importMcp(told, server)) }, 200);
  },
);

function egressOf(c: Ctx): Egress {
  const { outside, wait } = c.env.deps;
  const { fetch, own, exempt } = outside;
  return { fetch, wait, policy: { hosts: null, own, exempt } };
}

function download(c: Ctx, url: string): Promise<string> {
  return reach("url", async () => {
    const response = await guardedFetch(egressOf(c), url, {
      method: "GET",
      headers: { accept: "application/json, application/yaml;q=0.9, text/*;q=0.8" },
      signal: c.req.raw.signal,
      timeout_ms: LIMITS.toolTimeoutMs,
      max_bytes: LIMITS.bodyMaxBytes,
    });
    const text = await response.text();
    if (!response.ok) throw wrong("url", `answered with status ${response.status}`);
    return text;
  });
}

/** What the other side did wrong is what the caller asked for: 400, at the field. */
async function reach<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EgressError) throw wrong(path, cause.message);
    if (cause instanceof Error && cause.name === "AppError") throw cause;
    throw wrong(path, "did not answer as it should");
  }
}

function parsed(text: string): unknown {
  if (jsonDepth(text) > MAX_DEPTH) throw wrong("document", "is nested too deeply");
  if (/^\s*\{/.test(text))
    try {
      return JSON.parse(text);
    } catch {
      throw wrong("document", "is not valid JSON");
    }
  const yaml = parseYaml("document", text);
  if (!yaml.ok) throw appError("BAD_REQUEST", { issues: yaml.issues });
  return yaml.value;
}

function wrong(path: string, message: string) {
  return appError("BAD_REQUEST", { issues: [{ path, message }] });
}
