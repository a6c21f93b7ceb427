import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LOOP_HEADER } from "#egress/guarded-fetch";
import { newRun } from "#runtime/run-state";
import { dataOf, openTab, textOf } from "#test/support/chat-client";
import { call, codeOf, makeApp, migrate, signUp } from "#test/workers/gateway/client";
import { type Desk, startChat } from "./desk.ts";
import { PARCELS } from "./parcel-desk.ts";

type Asked = { url: string; init: RequestInit };
let asked: Asked[] = [];
let answer: (url: string) => Response | Promise<Response>;
let desk: Desk;

beforeAll(async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    asked.push({ url: String(url), init: init ?? {} });
    return answer(String(url));
  });
  await migrate();
  const owner = await signUp();
  const { enterprise_id } = await makeApp(owner, "Parcels");
  desk = { owner, enterprise_id };
  const made = await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id, definition: PARCELS },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
});

beforeEach(() => {
  asked = [];
  answer = () => Response.json({ place: "Bonn depot" });
});

function headerOf(it: Asked | undefined, name: string): string | null {
  return new Headers(it?.init.headers).get(name);
}

test("a workflow with tools goes live on its examples: its conversations ask nobody outside", () => {
  // Registered in beforeAll, with a conversation that calls the tool.
  expect(PARCELS.acceptance).toHaveLength(1);
  expect(asked).toEqual([]);
});

test("a tool asks the outside, saying who asks, and what comes back is marked as from there", async () => {
  const { tab } = await startChat(desk, PARCELS.name);
  const frames = await tab.say("Track parcel 4711");
  expect(asked.map(({ url }) => url)).toEqual(["https://api.parcels.example/parcels/4711"]);
  expect(headerOf(asked[0], LOOP_HEADER)).toBe("localhost:8787");
  expect(textOf(frames)).toContain("Bonn depot");
  expect(dataOf(frames, "chat.tool_response")[0]).toMatchObject({
    success: true,
    content: { untrusted: true, from: "api.parcels.example" },
  });
  tab.close();
});

test("T46 a redirect to an address inside is refused, and told as a failed call", async () => {
  answer = (url) =>
    url.includes("parcels.example")
      ? new Response(null, { status: 302, headers: { location: "https://127.0.0.1/metadata" } })
      : Response.json({ place: "inside" });
  const { tab } = await startChat(desk, PARCELS.name);
  const frames = await tab.say("Track parcel 4711");
  expect(asked).toHaveLength(1);
  expect(dataOf(frames, "chat.tool_response")[0]).toMatchObject({ success: false });
  expect(dataOf(frames, "chat.run_complete").at(-1)?.status).toBe("completed");
  tab.close();
});

test("T47 a tool can't call the platform, and what a tool sent is not let in by any name", async () => {
  const { tab } = await startChat(desk, PARCELS.name);
  const frames = await tab.say("I want an audit of the platform");
  expect(dataOf(frames, "chat.tool_response")[0]).toMatchObject({
    success: false,
    content: { error: expect.stringContaining("leads back to this platform") },
  });
  expect(asked).toEqual([]);
  tab.close();
  const back = await call("/api/health", { headers: { [LOOP_HEADER]: "localhost:8787" } });
  expect([back.status, codeOf(back)]).toEqual([403, "FORBIDDEN"]);
  expect((await call("/api/health", { headers: { [LOOP_HEADER]: "other.example" } })).status).toBe(200);
});

test("T26 once an answer from outside was read, stopping a parcel waits for the person; a yes stops it once", async () => {
  const { tab } = await startChat(desk, PARCELS.name);
  await tab.say("Track parcel 4711");
  const frames = await tab.say("Stop parcel 4711");
  const card = dataOf(frames, "chat.tool_call").at(-1);
  expect(card).toMatchObject({
    tool_name: "stop_parcel",
    interaction_type: "approval",
    awaiting_response: true,
  });
  expect(JSON.stringify(card?.payload)).toContain("POST api.parcels.example/stops");
  expect(dataOf(frames, "chat.run_complete").at(-1)?.status).toBe("paused");
  expect(asked).toHaveLength(1);
  for (let n = 0; n < 2; n += 1)
    tab.send("tool_call_response", { tool_call_id: card?.tool_call_id, response: { approved: true } });
  await tab.until(
    (frame) => frame.type === "chat.run_complete" && frame.data.status === "completed" && asked.length > 1,
  );
  expect(asked.slice(1).map(({ url, init }) => [url, init.method, init.body])).toEqual([
    ["https://api.parcels.example/stops", "POST", '{"parcel_number":4711}'],
  ]);
  expect(headerOf(asked[1], "idempotency-key")).toBe(card?.tool_call_id);
  tab.close();
});

test("F21 a call that a dead process may have sent is told as unknown and never sent again", async () => {
  const { tab, chat_id, path } = await startChat(desk, PARCELS.name);
  await tab.say("hello");
  tab.close();
  const object = env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chat_id}`);
  await runInDurableObject(object, (_, { storage: { sql } }) => {
    const calls = [{ tool_call_id: "call_sent", tool_name: "stop_parcel", args: { parcel_number: 4711 } }];
    const entry = { kind: "assistant", message_id: "msg_a", agent: "clerk", text: "", calls };
    sql.exec(
      "INSERT INTO entries (entry) VALUES (?)",
      JSON.stringify({ kind: "user", message_id: "msg_u", text: "Stop parcel 4711" }),
    );
    sql.exec("INSERT INTO entries (entry) VALUES (?)", JSON.stringify(entry));
    const run = {
      ...newRun("run_cut", { workflow: PARCELS.name, agent: "clerk" }),
      steps: 1,
      acting: "call_sent",
    };
    sql.exec(
      "INSERT INTO runs (run_id, n, status, state) SELECT 'run_cut', max(n) + 1, 'running', ? FROM runs",
      JSON.stringify(run),
    );
  });
  await evictDurableObject(object);
  const late = await openTab(path, desk.owner);
  await late.until((frame) => frame.type === "chat.run_complete" && frame.data.run_id === "run_cut");
  expect(dataOf(late.frames, "chat.tool_response").at(-1)).toMatchObject({
    tool_call_id: "call_sent",
    success: false,
    content: { unknown: true },
  });
  expect(asked).toEqual([]);
  late.close();
});

test("F22 a stop ends a call that hangs, and says that nobody knows what it did", async () => {
  const { tab } = await startChat(desk, PARCELS.name);
  answer = () => new Promise(() => undefined);
  tab.send("user.input.submit", { text: "Stop parcel 4711" });
  await vi.waitUntil(() => asked.length > 0);
  tab.send("chat.cancel", {});
  const end = await tab.until((frame) => frame.type === "chat.run_complete");
  expect(end.data).toMatchObject({ status: "cancelled" });
  expect(dataOf(tab.frames, "chat.tool_response")[0]).toMatchObject({ content: { unknown: true } });
  tab.close();
});

test("a chat is listed by what it was asked while its first answer is still being made", async () => {
  const { tab, chat_id } = await startChat(desk, PARCELS.name);
  answer = () => new Promise(() => undefined);
  tab.send("user.input.submit", { text: "Stop parcel 4711" });
  await vi.waitUntil(() => asked.length > 0);
  const list = `/api/chats/${desk.enterprise_id}/${PARCELS.name}`;
  await vi.waitUntil(async () => {
    const { body } = await call(list, { token: desk.owner.token });
    const { items } = body as { items: { chat_id: string; title: string | null }[] };
    return items.find((it) => it.chat_id === chat_id)?.title === "Stop parcel 4711";
  });
  tab.send("chat.cancel", {});
  await tab.until((frame) => frame.type === "chat.run_complete");
  tab.close();
});

test("F22 an operator who takes over stops a run in the middle of a call, and is there once it has ended", async () => {
  const { tab, chat_id } = await startChat(desk, PARCELS.name);
  answer = () => new Promise(() => undefined);
  tab.send("user.input.submit", { text: "Stop parcel 4711" });
  await vi.waitUntil(() => asked.length > 0);
  const path = `/api/apps/${desk.enterprise_id}/chats/${chat_id}/operator/join`;
  expect((await call(path, { token: desk.owner.token, json: {} })).status).toBe(200);
  await tab.until((frame) => frame.type === "chat.operator_joined");
  expect(dataOf(tab.frames, "chat.run_complete")).toMatchObject([{ status: "cancelled" }]);
  tab.close();
});

test("an OpenAPI document becomes tools to register; addresses inside are refused, and nothing has changed", async () => {
  const import_ = (kind: string, json: unknown) =>
    call(`/api/apps/${desk.enterprise_id}/tools/import-${kind}`, { token: desk.owner.token, json });
  const document = `openapi: 3.1.0\nservers: [{url: "https://api.parcels.example"}]\npaths: {/places: {get: {operationId: listPlaces}}}`;
  const made = await import_("openapi", { document });
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject({
    tools: { list_places: { kind: "http" } },
    hosts: ["api.parcels.example"],
    secrets: [],
    skipped: [],
  });
  answer = () => new Response(document);
  expect((await import_("openapi", { url: "https://docs.parcels.example/openapi.yaml" })).body).toEqual(
    made.body,
  );
  for (const [kind, json] of [
    ["openapi", { url: "https://169.254.169.254/latest" }],
    ["openapi", { url: "http://docs.parcels.example/" }],
    ["openapi", { document: "swagger: '2.0'" }],
    ["openapi", { document: "{" }],
    ["openapi", { document, url: "https://a.example" }],
    ["mcp", { url: "https://10.0.0.1/mcp" }],
    ["mcp", { url: "https://mcp.example.com/", secret: "NOT_STORED" }],
  ] as const) {
    const refused = await import_(kind, json);
    expect([kind, json, refused.status, codeOf(refused)]).toEqual([kind, json, 400, "BAD_REQUEST"]);
  }
});
