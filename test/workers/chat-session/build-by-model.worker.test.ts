import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Usage } from "#protocol/api/usage";
import { dataOf, openTab } from "#test/support/chat-client";
import { framesOf } from "#test/support/model-server/dialects";
import { migrate, type Person, signUp } from "#test/workers/gateway/client";
import { rests, sessionOf, startBuild, tracesOf } from "./a-build.ts";

const PROMPT = "An app for our climbing hall where members book courses";
const MODEL = "deepseek/deepseek-chat";
const PLAN = {
  name: "Climbing Hall",
  description: "Courses.",
  workflows: [
    {
      name: "course-booking",
      title: "Course booking",
      description: "Lets members book a climbing course.",
      capability: "appointments",
      table: null,
      words: { noun: "climbing course", plural: "climbing courses" },
    },
  ],
};

let owner: Person;
beforeAll(async () => {
  await migrate();
  Object.assign(env, {
    GENERATOR_MODEL: MODEL,
    MODEL_PROVIDERS: JSON.stringify({
      deepseek: { kind: "openai-compatible", base_url: "https://models.example/v1" },
    }),
  });
});
afterAll(() => {
  for (const name of ["GENERATOR_MODEL", "MODEL_PROVIDERS"]) Reflect.deleteProperty(env, name);
});
beforeEach(async () => {
  owner = await signUp();
});
afterEach(() => vi.unstubAllGlobals());

/** What the provider answers, one after the other; `hang` begins and says nothing more. */
function provider(...answers: (string | "hang")[]) {
  const asked: string[] = [];
  let left = 0;
  const first = Promise.withResolvers<void>();
  vi.stubGlobal("fetch", async (url: string | URL, init: RequestInit) => {
    expect(String(url)).toBe("https://models.example/v1/chat/completions");
    const answer = answers[Math.min(asked.push(String(init.body)) - 1, answers.length - 1)] ?? "";
    const frames = framesOf("chat", { text: [answer] });
    const sent = answer === "hang" ? frames.slice(0, 1) : frames;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const frame of sent) controller.enqueue(new TextEncoder().encode(frame));
        first.resolve();
        if (answer !== "hang") return controller.close();
        init.signal?.addEventListener("abort", () => {
          left += 1;
          controller.close();
        });
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  return { asked, first: first.promise, left: () => left };
}

async function foundry(): Promise<Usage["by_chat"]> {
  const ledger = env.TOKEN_LEDGER.getByName("foundry");
  return ((await ledger.usage()) as unknown as Usage).by_chat;
}

test("a model's plan is shown, built and live; the foundry pays, the owner nothing", async () => {
  const { asked } = provider("I would love to!", JSON.stringify(PLAN));
  const build = await startBuild(owner, { prompt: PROMPT });
  const before = await tracesOf(owner, build.enterprise_id);
  await rests(build.tab);
  const planned = await build.read();
  expect(planned).toMatchObject({
    status: "planned",
    plan: { name: "Climbing Hall" },
    planned_by: { by: "model", asks: 2, model: MODEL, prompt_version: "1" },
  });
  expect(asked).toHaveLength(2);
  expect((await tracesOf(owner, build.enterprise_id)).usage).toEqual(before.usage);
  const paid = (await foundry()).find(({ key }) => key === build.chat_id);
  expect(paid).toMatchObject({ calls: 2 });
  await build.post("approve", { plan_hash: planned.plan_hash });
  await rests(build.tab, 2);
  const live = await build.read();
  expect(live).toMatchObject({ status: "live", version: 1, cost_nano: "0" });
  const note = await env.DB.prepare("SELECT note, build_id FROM app_version WHERE enterprise_id = ?")
    .bind(build.enterprise_id)
    .first();
  expect(note).toEqual({ note: `built from: ${PROMPT} (${MODEL}, prompt 1)`, build_id: build.build_id });
  expect((await tracesOf(owner, build.enterprise_id)).usage).toEqual(before.usage);
  // Nobody sees what the planner was told.
  expect(build.tab.raw.join()).not.toContain("You plan chat apps");
  build.tab.close();
});

test("F23 a stop reaches the model in the middle of its answer, and the build ends at once", async () => {
  const model = provider("hang");
  const build = await startBuild(owner, { prompt: PROMPT });
  const before = await tracesOf(owner, build.enterprise_id);
  await model.first;
  await build.tab.until((frame) => frame.type === "chat.tool_progress" && frame.data.step === "plan");
  build.tab.send("chat.cancel", { run_id: build.build_id });
  await rests(build.tab);
  expect(await build.read()).toMatchObject({ status: "cancelled" });
  expect(model.left()).toBe(1);
  expect(dataOf(build.tab.frames, "chat.tool_call").map(({ component_type }) => component_type)).toEqual([
    "build",
  ]);
  expect(await tracesOf(owner, build.enterprise_id)).toEqual(before);
  build.tab.close();
});

test("F10 a process that died while the model was asked asks again, under another id, and goes on", async () => {
  const dead = provider("hang");
  const build = await startBuild(owner, { prompt: PROMPT });
  await dead.first;
  build.tab.close();
  const killed = runInDurableObject(sessionOf(build), (_, object) => object.abort("the process died"));
  await expect(killed).rejects.toThrow();
  const { asked } = provider(JSON.stringify(PLAN));
  const tab = await openTab(build.path, owner);
  await rests(tab);
  expect(await build.read()).toMatchObject({ status: "planned", planned_by: { by: "model", asks: 2 } });
  expect(asked).toHaveLength(1);
  const spent = await runInDurableObject(sessionOf(build), (_, { storage: { sql } }) => {
    const row = sql.exec("SELECT state FROM runs WHERE run_id = ?", build.build_id).one();
    return JSON.parse(String(row.state)).planning;
  });
  // The first question may have cost the most, and counts for that.
  expect(spent.asks).toBe(2);
  expect(BigInt(spent.spent_nano)).toBeGreaterThan(1_000_000n);
  tab.close();
});

test("a model that gives no plan leaves it to the rules: one prompt is live all the same, and says why", async () => {
  const { asked } = provider("No.");
  const build = await startBuild(owner, { prompt: PROMPT, approve: "auto" });
  await rests(build.tab);
  const live = await build.read();
  expect(live).toMatchObject({ status: "live", planned_by: { by: "rules", asks: 4 } });
  expect(live.plan?.assumptions[0]).toContain("also after 3 corrections");
  expect(asked).toHaveLength(4);
  build.tab.close();
});
