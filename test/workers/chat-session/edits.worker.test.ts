import { beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import type { ListedVersion } from "#protocol/api/version";
import { dataOf, openTab, textOf } from "#test/support/chat-client";
import { call, codeOf, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";

const SEED = "Build a customer support app that handles refunds and tracks orders";
let owner: Person;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
});

/** An app that is live as version 1, and what its owner does with it. */
async function liveApp() {
  const { enterprise_id, slug } = await makeApp(owner);
  const base = `/api/apps/${enterprise_id}`;
  const post = (path: string, json: unknown = {}) => call(`${base}/${path}`, { token: owner.token, json });
  const get = async <T>(path: string) =>
    (await call(path ? `${base}/${path}` : base, { token: owner.token })).body as T;
  /** Starts a build and waits until it has ended, or waits for somebody. */
  async function build(json: Record<string, unknown>) {
    const started = await post("builds", json);
    expect(started.status).toBe(202);
    const { build_id, chat_id } = started.body as { build_id: string; chat_id: string };
    const tab = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
    await tab.until(({ type }) => type === "chat.run_complete");
    const read = () => get<Build>(`builds/${build_id}`);
    return { build_id, tab, read };
  }
  const edit = async (prompt: string, base_version: number, more: Record<string, unknown> = {}) => {
    const made = await build({ prompt, base_version, approve: "auto", ...more });
    made.tab.close();
    return made.read();
  };
  expect(await (await build({ prompt: SEED, approve: "auto" })).read()).toMatchObject({
    status: "live",
    version: 1,
  });
  const live = async () => (await get<{ live_version: number }>("")).live_version;
  const versions = async () => (await get<{ items: ListedVersion[] }>("versions")).items;
  return { enterprise_id, slug, post, get, build, edit, live, versions };
}

test("an edit shows what it changes, goes live by a yes, and a chat that runs stays on its version", async () => {
  const app = await liveApp();
  const { enterprise_id } = app;
  const chat = await openTab(`/ws/customer-support/${enterprise_id}/chat_old/${owner.user_id}`, owner);
  await chat.say("Hello!");

  const { tab, read } = await app.build({ prompt: "refunds over $100 need my approval", base_version: 1 });
  const card = dataOf(tab.frames, "chat.tool_call").find((it) => it.component_type === "edit");
  expect(card).toMatchObject({ awaiting_response: true, payload: { base_version: 1 } });
  const waiting = await read();
  expect(waiting).toMatchObject({ status: "planned", base_version: 1 });
  expect(waiting.edit?.changes.map((it) => it.words)).toContain(
    "Request refund: approval by your team over $100, else the person confirms (was: the person confirms).",
  );
  expect(
    waiting.edit?.files.find((it) => it.path === "workflows/refund-handler/workflow.yaml")?.diff,
  ).toContain("+      operator_when: order.total > 100.0");
  expect(await app.live()).toBe(1);

  await tab.answer(String(card?.tool_call_id), { approved: true, plan_hash: waiting.plan_hash });
  expect(await read()).toMatchObject({ status: "live", version: 2, acceptance: { failed: 0 } });
  tab.close();

  const old = await app.get<{ workflow_version: number }>("");
  expect(old).toMatchObject({ live_version: 2 });
  const meta = await call(`/api/chats/meta/${enterprise_id}/customer-support/chat_old`, {
    token: owner.token,
  });
  expect(meta.body).toMatchObject({ workflow_version: 1 });
  expect(textOf(await chat.say("Where is my order A-1001?"))).toContain("delivered");
  chat.close();
  const fresh = await openTab(`/ws/customer-support/${enterprise_id}/chat_new/${owner.user_id}`, owner);
  const after = await call(`/api/chats/meta/${enterprise_id}/customer-support/chat_new`, {
    token: owner.token,
  });
  expect(after.body).toMatchObject({ workflow_version: 2 });
  fresh.close();
});

test("what is not understood changes nothing, and says what would work", async () => {
  const app = await liveApp();
  const lost = await app.edit("frobnicate the quux", 1);
  expect(lost).toMatchObject({ status: "failed", error: { code: "PROMPT_UNUSABLE" } });
  expect(lost.error?.message).toContain("refunds over $100 need my approval");
  const unclear = await app.edit("make it approve", 1);
  expect(unclear.options).toContain("“Request refund” needs my approval");
  expect((await app.versions()).map((it) => it.version)).toEqual([1]);
});

test("in the generator's chat a message is an edit once the app is live, and “undo that” takes it back", async () => {
  const app = await liveApp();
  const tab = await openTab(`/ws/generator/${app.enterprise_id}/chat_edits/${owner.user_id}`, owner);
  for (const [text, version] of [
    ["call it Parcel Pals and make it blue", 2],
    ["undo that", 3],
  ] as const) {
    const frames = await tab.say(text);
    const card = dataOf(frames, "chat.tool_call").find((it) => it.component_type === "edit");
    const plan_hash = card?.payload.plan_hash;
    await tab.answer(String(card?.tool_call_id), { approved: true, plan_hash });
    expect(await app.live()).toBe(version);
    const shown = await app.get<{ name: string; branding: { primary_color?: string } }>("");
    expect([shown.name, shown.branding.primary_color]).toEqual(
      version === 2 ? ["Parcel Pals", "#2563eb"] : ["Customer Support", undefined],
    );
  }
  tab.close();
  const { changes } = await app.get<{ changes: unknown[] }>("versions/1/diff/3");
  expect(changes).toEqual([]);
});

test("an edit of what is not live any more is refused at once, and one that was overtaken at its end", async () => {
  const app = await liveApp();
  const { tab, read } = await app.build({ prompt: "make it blue", base_version: 1 });
  expect(await app.edit("make it red", 1)).toMatchObject({ status: "live", version: 2 });
  const late = await app.post("builds", { prompt: "make it green", base_version: 1 });
  expect([late.status, codeOf(late)]).toEqual([409, "CONFLICT"]);

  const card = dataOf(tab.frames, "chat.tool_call").find((it) => it.component_type === "edit");
  await tab.answer(String(card?.tool_call_id), { approved: true, plan_hash: (await read()).plan_hash });
  expect(await read()).toMatchObject({ status: "failed", error: { code: "CONFLICT" } });
  tab.close();
  expect((await app.versions()).map((it) => it.version)).toEqual([2, 1]);
});

test("an edit may stay a draft, be edited further and be published", async () => {
  const app = await liveApp();
  const draft = await app.edit("make it blue", 1, { publish: false });
  expect(draft).toMatchObject({ status: "ready", version: 2 });
  expect(await app.get("")).toMatchObject({ live_version: 1, draft_version: 2 });
  expect((await app.versions()).map((it) => it.status)).toEqual(["draft", "live"]);

  expect(await app.edit("use the dark theme", 2)).toMatchObject({ status: "live", version: 3 });
  expect(await app.get("")).toMatchObject({ live_version: 3, draft_version: null });
  const { files } = await app.get<{ files: Record<string, string> }>("versions/3/files");
  expect(files["app.yaml"]).toContain('primary_color: "#2563eb"\n  theme: dark');
});

test("a restored version is a new one that equals it, noted in the audit log", async () => {
  const app = await liveApp();
  await app.edit("add a loyalty workflow", 1);
  const stale = await app.post("versions/1/publish", { expected_live: 1 });
  expect([stale.status, codeOf(stale)]).toEqual([409, "CONFLICT"]);
  const restored = await app.post("versions/1/publish", { expected_live: 2 });
  expect([restored.status, restored.body]).toMatchObject([201, { version: 3 }]);
  expect(await app.live()).toBe(3);
  expect((await app.versions()).map((it) => [it.version, it.status, it.note, it.base_version])).toEqual([
    [3, "live", "restored version 1", 2],
    [2, "earlier", "changed: add a loyalty workflow", 1],
    [1, "earlier", `built from: ${SEED}`, null],
  ]);
  expect(await app.get("versions/1/diff/3")).toMatchObject({ changes: [], files: [] });
  expect(
    (await app.get<{ changes: { words: string }[] }>("versions/3/diff/2")).changes.length,
  ).toBeGreaterThan(3);
  const audit = await app.get<{ items: { action: string; target: string; outcome: string }[] }>("audit");
  expect(
    audit.items.filter((it) => it.action === "versions.publish").map((it) => [it.target, it.outcome]),
  ).toEqual([
    ["1", "done"],
    ["1", "CONFLICT"],
  ]);
  expect((await app.post("versions/99/publish")).status).toBe(404);
});

test("an edit does not open an app that is closed; publishing a version does", async () => {
  const app = await liveApp();
  expect((await app.post("unpublish")).body).toMatchObject({ status: "unpublished" });
  expect(await app.edit("make it blue", 1)).toMatchObject({ status: "live", version: 2 });
  expect(await app.get("")).toMatchObject({ status: "unpublished", live_version: 2 });
  expect((await app.post("versions/2/publish")).status).toBe(201);
  expect(await app.get("")).toMatchObject({ status: "live", live_version: 3 });
});
