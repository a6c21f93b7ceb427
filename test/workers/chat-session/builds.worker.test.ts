import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import { dataOf, openTab } from "#test/support/chat-client";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";

const PROMPT = "A booking app for my dental clinic";
let owner: Person;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

async function planned(prompt = PROMPT) {
  const { enterprise_id } = await makeApp(owner);
  const base = `/api/apps/${enterprise_id}/builds`;
  const answer = await call(base, { token: owner.token, json: { prompt } });
  expect(answer.status).toBe(202);
  const { build_id, chat_id } = answer.body as { build_id: string; chat_id: string };
  const tab = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
  await tab.until(({ type }) => type === "chat.run_complete");
  const one = `${base}/${build_id}`;
  const read = async () => (await call(one, { token: owner.token })).body as Build;
  const post = (path: string, json: unknown = {}) => call(`${one}/${path}`, { token: owner.token, json });
  return { enterprise_id, chat_id, build_id, tab, read, post, ended: () => ended(tab) };
}

function ended(tab: Awaited<ReturnType<typeof openTab>>) {
  return tab.until((frame) => frame.type === "chat.run_complete" && frame.data.status !== "paused");
}

test("nothing exists before the plan is approved, and only the plan that was shown can be", async () => {
  const build = await planned();
  const before = await build.read();
  expect(before.status).toBe("planned");
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(404);

  const stale = await build.post("approve", { plan_hash: "0".repeat(64) });
  expect([stale.status, codeOf(stale)]).toEqual([409, "PLAN_CHANGED"]);
  expect((await build.read()).status).toBe("planned");

  expect((await build.post("approve", { plan_hash: before.plan_hash })).status).toBe(200);
  await build.ended();
  expect(await build.read()).toMatchObject({ status: "live", version: 1 });
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(200);

  const twice = await build.post("approve", { plan_hash: before.plan_hash });
  expect([twice.status, codeOf(twice)]).toEqual([409, "CONFLICT"]);
  build.tab.close();
});

test("an edited plan is what gets built", async () => {
  const build = await planned();
  const { plan, plan_hash } = await build.read();
  const edited = { ...plan, name: "Smile Clinic" };
  await build.post("approve", { plan_hash, plan: edited });
  await build.ended();
  const after = await build.read();
  expect(after).toMatchObject({ status: "live", plan: { name: "Smile Clinic" } });
  expect(after.plan_hash).not.toBe(plan_hash);
  build.tab.close();
});

test("conditions of a prompt are built, and tried on real tables before anything is live", async () => {
  const build = await planned(
    "People register for workshops, maximum 20 seats per workshop. Employees claim expenses; over $100 needs approval. No refunds.",
  );
  const { plan, plan_hash } = await build.read();
  expect(plan?.workflows.flatMap((it) => it.rules ?? []).map((it) => it.kind)).toEqual(["count", "approval"]);
  await build.post("approve", { plan_hash });
  await build.ended();
  const after = await build.read();
  expect(after).toMatchObject({ status: "live", acceptance: { failed: 0 } });
  const names = after.acceptance?.cases.map((it) => it.name).join(" ");
  expect(names).toContain("when it is full, one more is refused");
  expect(names).toContain("recorded once approved");
  build.tab.close();
});

test("a plan that is none is refused with the field, and the build still waits", async () => {
  const build = await planned();
  const { plan_hash } = await build.read();
  const bad = await build.post("approve", { plan_hash, plan: { name: "x" } });
  expect([bad.status, codeOf(bad)]).toEqual([400, "BAD_REQUEST"]);
  expect((await build.read()).status).toBe("planned");
  build.tab.close();
});

test("a cancelled build changes nothing and can't be approved any more", async () => {
  const build = await planned();
  const { plan_hash } = await build.read();
  expect((await build.post("cancel")).status).toBe(200);
  expect((await build.read()).status).toBe("cancelled");
  expect(codeOf(await build.post("approve", { plan_hash }))).toBe("CONFLICT");
  expect(codeOf(await build.post("cancel"))).toBe("CONFLICT");
  expect((await call(`/api/workflows/discover/${build.enterprise_id}`)).status).toBe(404);
  build.tab.close();
});

test("the plan's card can be answered on the socket, and a new prompt passes it over", async () => {
  const { tab, read } = await planned();
  const card = dataOf(tab.frames, "chat.tool_call").find(({ component_type }) => component_type === "plan");
  const from = tab.frames.length;
  tab.send("user.input.submit", {
    text: "Build a customer support app that handles refunds and tracks orders",
  });
  const next = await tab.until(
    (frame) => frame.type === "chat.tool_call" && frame.data.component_type === "plan",
    from,
  );
  expect((await read()).status).toBe("cancelled");
  tab.send("tool_call_response", { tool_call_id: card?.tool_call_id, response: { approved: true } });
  const old = await tab.until(({ type }) => type === "ack.tool_call_response", from);
  expect(old.data).toMatchObject({ status: "rejected" });

  const { tool_call_id, payload } = next.data as { tool_call_id: string; payload: Record<string, unknown> };
  await tab.answer(tool_call_id, { approved: true, plan_hash: payload.plan_hash });
  expect(dataOf(tab.frames, "chat.tool_response").at(-1)).toMatchObject({
    success: true,
    content: { status: "live", version: 1 },
  });
  tab.close();
});

test("F12 a build that keeps killing its process is given up, and says so", async () => {
  const { enterprise_id, tab, read, chat_id, build_id } = await planned();
  tab.close();
  const object = env.CHAT_SESSION.getByName(`${enterprise_id}:${chat_id}`);
  await runInDurableObject(object, (_, { storage: { sql } }) => {
    const row = sql.exec("SELECT state FROM runs WHERE run_id = ?", build_id).one();
    const state = JSON.stringify({ ...JSON.parse(String(row.state)), status: "testing", interruptions: 2 });
    sql.exec("UPDATE runs SET status = 'running', state = ? WHERE run_id = ?", state, build_id);
  });
  await evictDurableObject(object);
  const late = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
  await late.until((frame) => frame.type === "chat.run_complete" && frame.data.status === "failed");
  expect(await read()).toMatchObject({ status: "failed", error: { code: "INTERRUPTED" } });
  late.close();
});

test("a prompt with nothing to build is refused in a sentence, over HTTP and in the chat, and leaves nothing", async () => {
  const { enterprise_id } = await makeApp(owner);
  const answer = await call(`/api/apps/${enterprise_id}/builds`, {
    token: owner.token,
    json: { prompt: "?!? ...." },
  });
  expect([answer.status, codeOf(answer)]).toEqual([422, "PROMPT_UNUSABLE"]);
  const tab = await openTab(`/ws/generator/${enterprise_id}/chat_mine/${owner.user_id}`, owner);
  await tab.say("?!? ....");
  expect(dataOf(tab.frames, "chat.text").at(-1)).toMatchObject({ role: "assistant" });
  expect(dataOf(tab.frames, "chat.run_complete")[0]?.error?.code).toBe("PROMPT_UNUSABLE");
  tab.close();
});
