import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { makeApp, migrate, signUp } from "#test/workers/gateway/client";
import { testApp } from "#workers/publish/test-app";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import type { Env } from "#workers/env";

beforeAll(async () => { await migrate(); });
test("time", async () => {
  const owner = await signUp();
  const { enterprise_id } = await makeApp(owner);
  for (const prompt of ["Build a customer support app that handles refunds and tracks orders", "a gym app with workout plans, class bookings and memberships"]) {
    const a = planApp(prompt);
    if (!a.ok) throw new Error();
    const files = filesFrom(a.plan);
    for (const i of [1, 2, 4, 8, 1, 4]) { (globalThis as never as {LANES: number}).LANES = i;
      const s = performance.now(); const d = Date.now();
      let n = 0, red = 0;
      for await (const r of testApp(env as unknown as Env, enterprise_id, crypto.randomUUID(), files, new AbortController().signal)) { n++; if (!r.passed) { red++; console.log(r.failure); } }
      console.log(prompt.slice(0, 20), "lanes", i, n, red, Math.round(performance.now() - s), Date.now() - d);
    }
  }
}, 120_000);
