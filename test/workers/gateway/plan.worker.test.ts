import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import type { Build } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "./client.ts";
import { goLive } from "./greeter.ts";
import { withRates } from "./with-rates.ts";

const PROMPT = "Build a customer support app that handles refunds and tracks orders";
let owner: Person;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

const ask = (json: unknown, address = "203.0.113.7") =>
  call("/api/plan", { json, headers: { "cf-connecting-ip": address } });

const planOf = async (prompt: string) => ((await ask({ prompt })).body as { plan: Plan }).plan;

async function rows(): Promise<unknown> {
  const tables = ["enterprise", "build", "chat", "user"];
  return Promise.all(
    tables.map((it) => env.DB.prepare(`SELECT count(*) AS n FROM "${it}"`).first<{ n: number }>()),
  );
}

test("anybody sees what a prompt would become, and nothing is kept of it", async () => {
  const before = await rows();
  const plan = await planOf(PROMPT);
  expect(plan.workflows.map((it) => it.name)).toEqual([
    "customer-support",
    "refund-handler",
    "order-tracker",
  ]);
  expect(BigInt(plan.estimate.turn_nano)).toBeGreaterThan(0n);

  const asked = await ask({ prompt: "an app for my business" });
  const { questions } = asked.body as { questions: { id: string }[] };
  expect(questions.length).toBeGreaterThan(0);
  expect((await ask({ prompt: "an app for my business", answers: {} })).body).toHaveProperty("plan");

  const nothing = await ask({ prompt: "qwrtz plmk ghjk" });
  expect([nothing.status, codeOf(nothing)]).toEqual([422, "PROMPT_UNUSABLE"]);
  expect((await ask({ prompt: "" })).status).toBe(400);
  expect(await rows()).toEqual(before);
});

test("an edited plan is told what it costs, by whoever asks and whatever it says; a broken one what is wrong", async () => {
  const before = await rows();
  const plan = await planOf(PROMPT);
  const estimate = async (json: unknown) =>
    call("/api/plan/estimate", { json, headers: { "cf-connecting-ip": "203.0.113.9" } });
  const same = await estimate({ plan: { ...plan, estimate: { ...plan.estimate, turn_nano: "1" } } });
  expect(same.body).toEqual({ estimate: plan.estimate });
  const fewer = { ...plan, workflows: plan.workflows.filter((it) => it.name !== "order-tracker") };
  const { estimate: less } = (await estimate({ plan: fewer })).body as Pick<Plan, "estimate">;
  expect(BigInt(less.turn_nano)).toBeLessThan(BigInt(plan.estimate.turn_nano));
  const [first, ...rest] = plan.workflows;
  const broken = { ...plan, workflows: [{ ...first, capability: "time-travel" }, ...rest] };
  const refused = await estimate({ plan: broken });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    400,
    expect.stringContaining("capability"),
  ]);
  // What only the files that would be written of it show is wrong with it, too.
  const { status: _, ...columns } = plan.tables.refunds?.columns ?? {};
  const tables = { ...plan.tables, refunds: { ...plan.tables.refunds, columns, sample: [] } };
  const unwritable = await estimate({ plan: { ...plan, tables } });
  expect(unwritable.status).toBe(400);
  expect(JSON.stringify(unwritable.body)).toContain('no column \\"status\\" in refunds');
  expect(await rows()).toEqual(before);
});

test("at an app's own address nothing is planned", async () => {
  const app = await makeApp(owner);
  await goLive(app.enterprise_id);
  expect((await call(`/a/${app.slug}/api/plan`, { json: { prompt: PROMPT } })).status).toBe(403);
});

test("T33 one address gets so many plans, another its own; a /64 is one address", async () => {
  const household = (n: number) => `2001:db8:1:2::${n}`;
  const { plan } = (await ask({ prompt: PROMPT }, "198.51.100.3")).body as { plan: Plan };
  await withRates({ plan_by_address: 3, estimate_by_address: 1 }, async () => {
    for (const addressOf of [() => "198.51.100.1", household]) {
      const statuses = [];
      for (let n = 1; n <= 4; n += 1) statuses.push((await ask({ prompt: PROMPT }, addressOf(n))).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
    }
    expect((await ask({ prompt: PROMPT }, "198.51.100.2")).status).toBe(200);
    const estimate = () =>
      call("/api/plan/estimate", { json: { plan }, headers: { "cf-connecting-ip": "198.51.100.2" } });
    expect([(await estimate()).status, (await estimate()).status]).toEqual([200, 429]);
  });
});

test("a plan that was looked at and edited before signing up is what gets built, without another question", async () => {
  const plan = await planOf(PROMPT);
  const edited = {
    ...plan,
    name: "Kite Desk",
    workflows: plan.workflows.filter((it) => it.name !== "order-tracker"),
    estimate: { ...plan.estimate, turn_nano: "1" },
  };
  const made = await call("/api/apps", {
    token: owner.token,
    json: { prompt: PROMPT, approve: "manual", plan: edited },
  });
  expect(made.body).toMatchObject({ name: "Kite Desk" });
  const { enterprise_id, build_id } = made.body as { enterprise_id: string; build_id: string };
  const read = async () =>
    (await call(`/api/apps/${enterprise_id}/builds/${build_id}`, { token: owner.token })).body as Build;
  await vi.waitFor(async () => expect((await read()).status).toBe("live"), { timeout: 20_000 });
  const build = await read();
  expect(build.plan?.workflows.map((it) => it.name)).toEqual(["customer-support", "refund-handler"]);
  // What it costs is ours to say, of the plan as it was edited.
  const { estimate } = (await call("/api/plan/estimate", { json: { plan: edited } })).body as typeof plan;
  expect(build.plan?.estimate).toEqual(estimate);
  expect(estimate).not.toEqual(plan.estimate);
  expect(build.steps.map((it) => it.status)).toEqual(Array.from({ length: 6 }, () => "done"));
});

test("a plan that no app can be built of is refused with its faults, and leaves no app behind", async () => {
  const plan = await planOf(PROMPT);
  const [first, ...rest] = plan.workflows;
  const broken = { ...plan, workflows: [{ ...first, capability: "time-travel" }, ...rest] };
  const before = await rows();
  const answer = await call("/api/apps", { token: owner.token, json: { prompt: PROMPT, plan: broken } });
  expect([answer.status, codeOf(answer)]).toEqual([400, "BAD_REQUEST"]);
  expect(JSON.stringify(answer.body)).toContain("plan.workflows.0.capability");
  expect(await rows()).toEqual(before);
});
