import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { receive } from "#workers/gateway/receive";
import { makeApp, migrate, signUp } from "./gateway/client.ts";

beforeAll(migrate);

type Written = { indexes?: unknown[]; blobs?: unknown[]; doubles?: unknown[] };

/** One request through the Worker's own entry, with this dataset bound or none. */
async function ask(path: string, METRICS: unknown, headers: Record<string, string> = {}) {
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost:8787${path}`, { headers });
  const bindings = { ...env, ...(METRICS ? { METRICS } : {}) } as typeof env;
  const response = await receive(request, bindings, ctx);
  await waitOnExecutionContext(ctx);
  return response.status;
}

test("F44 a request is counted by its route's pattern and status, and by nothing that names anybody", async () => {
  const person = await signUp();
  const app = await makeApp(person);
  const written: Written[] = [];
  const dataset = { writeDataPoint: (point: Written) => void written.push(point) };
  const asked = { authorization: `Bearer ${person.token}`, "user-agent": "canary-agent" };
  expect(await ask(`/api/apps/${app.enterprise_id}?canary=1`, dataset, asked)).toBe(200);
  expect(await ask(`/api/apps/${app.enterprise_id}`, dataset)).toBe(401);
  expect(await ask("/api/canary-nowhere/at-all", dataset, asked)).toBe(404);
  const ms = [expect.any(Number)];
  const pattern = "/api/apps/:enterprise_id";
  expect(written).toEqual([
    { indexes: ["request"], blobs: ["request", "GET", pattern, "200"], doubles: ms },
    { indexes: ["request"], blobs: ["request", "GET", pattern, "401"], doubles: ms },
    { indexes: ["request"], blobs: ["request", "any", "none", "404"], doubles: ms },
  ]);
  const text = JSON.stringify(written);
  for (const canary of [person.token, person.email, person.user_id, app.enterprise_id, "canary"])
    expect(text).not.toContain(canary);
});

test("F44 where nothing is bound, or the sink fails, each answer is as it was", async () => {
  const failing = {
    writeDataPoint: () => {
      throw new Error("the sink is down");
    },
  };
  for (const dataset of [undefined, failing]) expect(await ask("/api/health", dataset)).toBe(200);
});
