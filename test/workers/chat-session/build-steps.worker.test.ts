import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import { dataOf, openTab } from "#test/support/chat-client";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { leaveAs, rests, sessionOf, startBuild, tracesOf } from "./a-build.ts";

const VAGUE = "Build me an app";
const CLEAR = "A booking app for my dental clinic";
let owner: Person;
beforeAll(migrate);
beforeEach(async () => {
  owner = await signUp();
});

test("a vague prompt is asked about; answers make the plan, wrong ones are refused by their question", async () => {
  const build = await startBuild(owner, { prompt: VAGUE });
  await rests(build.tab);
  const asked = await build.read();
  expect([asked.status, asked.questions?.map(({ id }) => id), asked.plan]).toEqual([
    "questions",
    ["tasks", "business"],
    undefined,
  ]);
  const wrong = await build.post("answers", { answers: { business: ["clinic", "shop"] } });
  expect([wrong.status, codeOf(wrong)]).toEqual([400, "BAD_REQUEST"]);
  expect(JSON.stringify(wrong.body)).toContain("answers.business");
  expect(codeOf(await build.post("approve", { plan_hash: "x" }))).toBe("CONFLICT");

  const answers = { tasks: ["book appointments"], business: "clinic" };
  expect((await build.post("answers", { answers })).status).toBe(200);
  await rests(build.tab, 2);
  const planned = await build.read();
  expect(planned.status).toBe("planned");
  expect(JSON.stringify(planned.plan?.workflows)).toContain("appointments");
  expect(codeOf(await build.post("answers", { answers }))).toBe("CONFLICT");
  build.tab.close();
});

test("questions may be skipped over HTTP; with answers at the start, or approve auto, none are asked", async () => {
  const skipped = await startBuild(owner, { prompt: VAGUE });
  await rests(skipped.tab);
  expect((await skipped.post("answers", { answers: {} })).status).toBe(200);
  await rests(skipped.tab, 2);
  expect((await skipped.read()).status).toBe("planned");
  const told = await startBuild(owner, { prompt: VAGUE, answers: { business: "gym" } });
  await rests(told.tab);
  expect((await told.read()).status).toBe("planned");
  const auto = await startBuild(owner, { prompt: VAGUE, approve: "auto" });
  await rests(auto.tab);
  expect(await auto.read()).toMatchObject({ status: "live", version: 1 });
  for (const { tab } of [skipped, told, auto]) tab.close();
});

test("on the socket: prompt, questions, plan, live at an address, all in one chat", async () => {
  const { enterprise_id } = await makeApp(owner);
  const tab = await openTab(`/ws/generator/${enterprise_id}/chat_talk/${owner.user_id}`, owner);
  const asked = await tab.say(VAGUE);
  const card = dataOf(asked, "chat.tool_call").at(-1);
  expect(card).toMatchObject({ component_type: "questions", awaiting_response: true });
  expect(card?.payload.response_schema).toMatchObject({ properties: { tasks: { type: "array" } } });
  expect(dataOf(asked, "chat.awaiting_reply")).toMatchObject([{ reason: "ui" }]);
  const id = card?.tool_call_id ?? "";

  tab.send("tool_call_response", { tool_call_id: id, response: { business: 7 } });
  const refused = await tab.until(({ type }) => type === "ack.tool_call_response");
  expect(refused.data).toMatchObject({ status: "rejected", reason: expect.stringContaining("business") });

  const planned = await tab.answer(id, { tasks: ["book appointments"], business: "music school" });
  const plan = dataOf(planned, "chat.tool_call").find(({ component_type }) => component_type === "plan");
  expect(JSON.stringify(plan?.payload.plan)).toContain("appointment");
  const built = await tab.answer(plan?.tool_call_id ?? "", {
    approved: true,
    plan_hash: plan?.payload.plan_hash,
  });
  const { content } = dataOf(built, "chat.tool_response").at(-1) as { content: Build };
  expect(content).toMatchObject({ status: "live", url: expect.stringMatching(/^http:\/\//) });
  expect(dataOf(built, "chat.text").at(-1)?.content).toContain(content.url);
  // Who comes later sees each card answered, once.
  const late = await openTab(`/ws/generator/${enterprise_id}/chat_talk/${owner.user_id}`, owner);
  expect(dataOf(late.frames, "chat.tool_response").map(({ status }) => status)).toEqual(["ok", "ok"]);
  for (const it of [tab, late]) it.close();
});

test("what is written where questions wait answers them in other words", async () => {
  const { enterprise_id } = await makeApp(owner);
  const tab = await openTab(`/ws/generator/${enterprise_id}/chat_words/${owner.user_id}`, owner);
  await tab.say(VAGUE);
  const frames = await tab.say("It is for a vet clinic, people book check-ups for their pets");
  const card = dataOf(frames, "chat.tool_call").at(-1);
  expect(card?.component_type).toBe("plan");
  expect(JSON.stringify(card?.payload.plan)).toContain("check-up");
  const dismissed = dataOf(tab.frames, "chat.tool_response").map(({ tool_name, status }) => [
    tool_name,
    status,
  ]);
  expect(dismissed).toContainEqual(["ask_questions", "dismissed"]);
  tab.close();
});

test("with publish false a green build waits as ready: nothing is live before the yes", async () => {
  const build = await startBuild(owner, { prompt: CLEAR, approve: "auto", publish: false });
  const before = await tracesOf(owner, build.enterprise_id);
  await rests(build.tab);
  expect(await build.read()).toMatchObject({ status: "ready", acceptance: { failed: 0 } });
  expect((await build.read()).version).toBeUndefined();
  expect(await tracesOf(owner, build.enterprise_id)).toEqual(before);
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(404);
  expect((await build.post("publish")).status).toBe(200);
  await rests(build.tab, 2);
  expect(await build.read()).toMatchObject({ status: "live", version: 1 });
  expect(codeOf(await build.post("publish"))).toBe("CONFLICT");
  build.tab.close();
});

test("a build that is ready can be let go, on its card", async () => {
  const build = await startBuild(owner, { prompt: CLEAR, approve: "auto", publish: false });
  await rests(build.tab);
  const card = dataOf(build.tab.frames, "chat.tool_call").at(-1);
  expect(card?.component_type).toBe("confirmation");
  await build.tab.answer(card?.tool_call_id ?? "", { approved: false });
  expect((await build.read()).status).toBe("cancelled");
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(404);
  build.tab.close();
});

test("an edited plan that no app can be built of is refused by its places, and the build still waits", async () => {
  const build = await startBuild(owner, { prompt: CLEAR });
  await rests(build.tab);
  const { plan, plan_hash } = await build.read();
  if (!plan) throw new Error("no plan");
  const [first] = plan.workflows;
  const [name, table] = Object.entries(plan.tables)[0]!;
  const cases: [unknown, string][] = [
    [{ ...plan, workflows: [{ ...first, capability: "teleport" }] }, "plan.workflows.0.capability"],
    [{ ...plan, workflows: [first, first] }, "plan.workflows.1.name"],
    [{ ...plan, workflows: [{ ...first, name: "generator" }] }, "plan.workflows.0.name"],
    [{ ...plan, tables: { ...plan.tables, [name]: { ...table, key: "none" } } }, `plan.tables.${name}.key`],
    [{ ...plan, tables: { ...plan.tables, [name]: { ...table, indexes: [["none"]] } } }, "app.yaml"],
    [{ ...plan, workflows: [] }, "plan.workflows"],
  ];
  for (const [edited, place] of cases) {
    const refused = await build.post("approve", { plan_hash, plan: edited });
    expect([place, refused.status]).toEqual([place, 400]);
    expect(JSON.stringify(refused.body)).toContain(place);
  }
  expect(await build.read()).toMatchObject({ status: "planned", plan_hash });
  // What it costs is not said by whoever edits it.
  const cheap = { ...plan, estimate: { ...plan.estimate, turn_nano: "0" } };
  expect((await build.post("approve", { plan_hash, plan: cheap })).status).toBe(200);
  await rests(build.tab, 2);
  expect((await build.read()).plan?.estimate).toEqual(plan.estimate);
  build.tab.close();
});

test("a build that is stopped while it tests, or fails, leaves no trace in the app and costs its owner nothing", async () => {
  const live = await startBuild(owner, { prompt: CLEAR, approve: "auto" });
  await rests(live.tab);
  const id = live.enterprise_id;
  const before = await tracesOf(owner, id);

  const stopped = await startBuild(owner, { prompt: "A gym app to book classes", approve: "auto" }, id);
  await stopped.tab.until((frame) => frame.type === "chat.tool_progress" && frame.data.step === "test");
  expect((await stopped.post("cancel")).status).toBe(200);
  await rests(stopped.tab);
  expect(await stopped.read()).toMatchObject({ status: "cancelled", cost_nano: "0" });
  expect(await tracesOf(owner, id)).toEqual(before);

  const failed = await startBuild(owner, { prompt: "A gym app to book classes" }, id);
  await rests(failed.tab);
  const { plan_hash } = await failed.read();
  await leaveAs(failed, (state) => {
    // A plan that no longer fits, as after a change of the platform.
    const plan = state.plan as {
      workflows: { table: string }[];
      tables: Record<string, { columns: object }>;
    };
    for (const table of Object.values(plan.tables)) table.columns = {};
    Object.assign(state, { status: "building", plan_hash });
  });
  await evictDurableObject(sessionOf(failed));
  const tab = await openTab(failed.path, owner);
  await tab.until((frame) => frame.type === "chat.run_complete" && frame.data.status === "failed");
  expect(await failed.read()).toMatchObject({ status: "failed", cost_nano: "0" });
  expect(await tracesOf(owner, id)).toEqual(before);
  for (const it of [live.tab, stopped.tab, failed.tab, tab]) it.close();
});

test("F23 what waits can be stopped over HTTP and on the socket: questions, plan, ready", async () => {
  for (const [ask, how] of [
    [{ prompt: VAGUE }, "http"],
    [{ prompt: VAGUE }, "socket"],
    [{ prompt: CLEAR }, "socket"],
    [{ prompt: CLEAR, approve: "auto", publish: false }, "http"],
  ] as const) {
    const build = await startBuild(owner, ask);
    await rests(build.tab);
    if (how === "http") expect((await build.post("cancel")).status).toBe(200);
    else build.tab.send("chat.cancel", { run_id: build.build_id });
    await rests(build.tab, 2);
    expect((await build.read()).status).toBe("cancelled");
    expect(codeOf(await build.post("cancel"))).toBe("CONFLICT");
    build.tab.close();
  }
});

test("builds are listed newest first, a page at a time, as their objects tell them", async () => {
  const { enterprise_id } = await makeApp(owner);
  const path = `/api/apps/${enterprise_id}/builds`;
  const ids: string[] = [];
  for (const ask of [{ prompt: CLEAR, approve: "auto" }, { prompt: CLEAR }, { prompt: VAGUE }]) {
    const build = await startBuild(owner, ask, enterprise_id);
    await rests(build.tab);
    build.tab.close();
    ids.unshift(build.build_id);
  }
  const read = async (query = "") => {
    const { body } = await call(`${path}${query}`, { token: owner.token });
    return body as {
      items: { build_id: string; status: string; version: number | null }[];
      next_cursor: string;
    };
  };
  const all = await read();
  expect(all.items.map((it) => [it.build_id, it.status, it.version])).toEqual([
    [ids[0], "questions", null],
    [ids[1], "planned", null],
    [ids[2], "live", 1],
  ]);
  const first = await read("?limit=2");
  const second = await read(`?limit=2&cursor=${first.next_cursor}`);
  expect([...first.items, ...second.items].map(({ build_id }) => build_id)).toEqual(ids);
  expect(second.next_cursor).toBeNull();
  // What has ended is in the index now: its object need not be asked again.
  const row = await env.DB.prepare("SELECT ended, version FROM build WHERE build_id = ?")
    .bind(ids[2])
    .first();
  expect(row).toEqual({ ended: "live", version: 1 });
  const eve = await signUp();
  expect((await call(path, { token: eve.token })).status).toBe(404);
});

test("“Cancel”, written where a plan or questions wait or while it builds, stops the build and is no prompt", async () => {
  const { enterprise_id } = await makeApp(owner);
  const tab = await openTab(`/ws/generator/${enterprise_id}/chat_stop/${owner.user_id}`, owner);
  const runs = async () =>
    (
      (await call(`/api/apps/${enterprise_id}/builds`, { token: owner.token })).body as {
        items: { status: string }[];
      }
    ).items.map(({ status }) => status);
  for (const [n, prompt] of [VAGUE, CLEAR].entries()) {
    await tab.say(prompt);
    await tab.say(n === 0 ? "Cancel" : "never mind");
    expect(await runs()).toEqual(Array.from({ length: n + 1 }, () => "cancelled"));
  }
  const auto = await startBuild(owner, { prompt: CLEAR, approve: "auto" }, enterprise_id);
  await auto.tab.until((frame) => frame.type === "chat.tool_progress" && frame.data.step === "test");
  auto.tab.send("user.input.submit", { text: "Please stop!" });
  await rests(auto.tab);
  expect(await runs()).toEqual(["cancelled", "cancelled", "cancelled"]);
  for (const it of [tab, auto.tab]) it.close();
});
