import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { takeUsageByUser } from "#billing/usage-by-user";
import { scopeOf } from "#enterprises/scope";
import { myUsage } from "#protocol/api/usage";
import { bindings, tenCents, used } from "#test/workers/token-ledger/ledger-client";
import { compose } from "#workers/compose";
import { receive } from "#workers/gateway/receive";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { makeApp, migrate, signUp } from "./client.ts";

beforeAll(migrate);

test("F26 what I used is shown though a ledger can't be reached: what it last passed on, and it says so", async () => {
  const ann = await signUp();
  const [lost, well] = [await makeApp(ann, "Lost"), await makeApp(ann, "Well")];
  for (const { enterprise_id } of [lost, well]) {
    const ledger = ledgerFor(bindings, enterprise_id);
    await ledger.reserve({ ...tenCents("call"), user_id: ann.user_id });
    await ledger.settle("call", [used(100)]);
  }
  const sums = {
    input: 0,
    cache_read: 0,
    cache_write: 0,
    output: 100,
    reasoning: 0,
    calls: 1,
    cost_nano: 40_000n,
  };
  const period = new Date().toISOString().slice(0, 7);
  await takeUsageByUser(compose(env).db, scopeOf(lost.enterprise_id), {
    incarnation: "inc_1",
    up_to: 1,
    rows: [{ period, user_id: ann.user_id, seq: 1_000, sums }],
  });
  const namespace = bindings.TOKEN_LEDGER;
  const broken = {
    getByName: (name: string) =>
      name === lost.enterprise_id
        ? { usageOfUser: () => Promise.reject(new Error("gone")) }
        : namespace.getByName(name),
  };
  const request = new Request("http://localhost:8787/api/me/usage", {
    headers: { authorization: `Bearer ${ann.token}` },
  });
  const answer = await receive(
    request,
    { ...bindings, TOKEN_LEDGER: broken as never },
    createExecutionContext(),
  );
  const body = myUsage.parse(await answer.json());
  const byName = Object.fromEntries(body.by_enterprise.map((it) => [it.name, it]));
  expect(byName.Lost).toMatchObject({ stale: true, calls: 1, cost_nano: "40000", budgets: [] });
  expect(byName.Well).toMatchObject({ stale: false, calls: 1, cost_nano: "40000" });
  expect(body.totals).toMatchObject({ calls: 2, cost_nano: "80000" });
});
