import { afterAll, beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import type { Usage } from "#protocol/api/usage";
import type { Discovery } from "#protocol/api/workflow";
import { dataOf, openTab, type Tab, textOf } from "#test/support/chat-client";
import { call, migrate, type Person, signUp } from "#test/workers/gateway/client";

// The story the product is for: one prompt, a live app, a chat that does real work, every token counted.
const PROMPT = "Build a customer support app that handles refunds and tracks orders";

let owner: Person;
let id: string;
let chatId: string;
let tab: Tab;

beforeAll(async () => {
  await migrate();
  owner = await signUp();
});
afterAll(() => tab?.close());

async function get<T>(path: string): Promise<T> {
  return (await call(path, { token: owner.token })).body as T;
}

test("one prompt makes an app with exactly its three workflows, tested and live", async () => {
  const created = await call("/api/apps", { token: owner.token, json: { prompt: PROMPT, approve: "auto" } });
  expect(created.status).toBe(201);
  const { enterprise_id, build_id, chat_id } = created.body as Record<string, string>;
  id = enterprise_id!;
  const watching = await openTab(`/ws/generator/${id}/${chat_id}/${owner.user_id}`, owner);
  await watching.until(({ type }) => type === "chat.run_complete");
  watching.close();

  const build = await get<Build>(`/api/apps/${id}/builds/${build_id}`);
  expect(build).toMatchObject({ status: "live", version: 1, cost_nano: "0", acceptance: { failed: 0 } });
  expect(build.acceptance?.passed).toBeGreaterThanOrEqual(8);
  expect(Object.keys(build.plan?.tables ?? {}).sort()).toEqual(["orders", "refunds"]);
  const found = (await call(`/api/workflows/discover/${id}`)).body as Discovery;
  expect(found.workflows.map(({ workflow_name }) => workflow_name).sort()).toEqual([
    "customer-support",
    "order-tracker",
    "refund-handler",
  ]);
});

test("building and testing cost the app nothing", async () => {
  expect((await get<Usage>(`/api/app/usage/${id}`)).totals.total_tokens).toBe(0);
});

test("the order tracker answers with the order's status", async () => {
  const started = await call(`/api/chats/${id}/customer-support/start`, { token: owner.token, json: {} });
  chatId = (started.body as { chat_id: string }).chat_id;
  tab = await openTab(`/ws/customer-support/${id}/${chatId}/${owner.user_id}`, owner);
  const turn = await tab.say("Where is my order A-1001?");
  expect(dataOf(turn, "chat.select_speaker").at(-1)?.agent).toBe("order-tracker");
  const row = dataOf(turn, "chat.tool_response").find(({ tool_name }) => tool_name === "find_order");
  expect(row?.content).toMatchObject({ row: { order_number: "A-1001" } });
  const { status } = (row?.content as { row?: { status?: string } } | undefined)?.row ?? {};
  expect(textOf(turn)).toContain(status);
});

async function askForRefund() {
  const turn = await tab.say("I want a refund for it, it arrived broken");
  const card = dataOf(turn, "chat.tool_call").find(({ awaiting_response }) => awaiting_response);
  if (!card) throw new Error(`no card: ${textOf(turn)}`);
  return { turn, card };
}

test("a refund: no on the card records nothing", async () => {
  const { card, turn } = await askForRefund();
  expect(dataOf(turn, "chat.select_speaker").at(-1)?.agent).toBe("refund-handler");
  expect(card).toMatchObject({ component_type: "confirmation" });
  expect(JSON.stringify(card.payload)).toContain("49.90");
  const after = await tab.answer(card.tool_call_id, { approved: false });
  expect(dataOf(after, "chat.tool_response")[0]).toMatchObject({ status: "declined" });
  expect(textOf(after)).not.toMatch(/recorded|done!/i);
});

test("a refund: yes records it with the order's own amount and the reason from the conversation", async () => {
  const { card } = await askForRefund();
  const after = await tab.answer(card.tool_call_id, { approved: true });
  const saved = dataOf(after, "chat.tool_response")[0];
  expect(saved?.content).toMatchObject({ ok: true, row: { order_number: "A-1001", amount: 49.9 } });
  expect(JSON.stringify(saved?.content)).toContain("broken");
  expect(textOf(after)).toContain("49.90");
});

test("what can you do? gets a true answer, asdf a polite one, and another person's order is not found", async () => {
  expect(textOf(await tab.say("What can you do?"))).toMatch(/refund/i);
  const lost = await tab.say("asdf");
  expect(dataOf(lost, "chat.tool_call")).toEqual([]);
  expect(textOf(lost)).toMatch(/sorry/i);
  const foreign = await tab.say("Where is order A-1002?");
  expect(textOf(foreign)).not.toMatch(/shipped|Walnut/);
  expect(dataOf(foreign, "chat.tool_response").at(-1)?.success).toBe(false);
});

test("what the chat's frames say was spent is exactly what the ledger says", async () => {
  const deltas = dataOf(tab.frames, "chat.usage_delta");
  const spent = deltas.reduce((sum, { cost_nano }) => sum + BigInt(cost_nano ?? 0), 0n);
  const tokens = deltas.reduce((sum, { total_tokens }) => sum + total_tokens, 0);
  const usage = await get<Usage>(`/api/app/usage/${id}`);
  expect(usage.totals).toMatchObject({ cost_nano: String(spent), total_tokens: tokens });
  expect(usage.by_chat).toMatchObject([{ key: chatId, cost_nano: String(spent) }]);
  expect(BigInt(usage.balance_nano)).toBe(5_000_000_000n - spent);
  // What the chat holds for its next messages goes back when its last tab is closed.
  tab.close();
  await expect.poll(async () => (await get<Usage>(`/api/app/usage/${id}`)).held_nano).toBe("0");
});

test("an end user of the app starts with no orders, and signs up apart from its creator", async () => {
  const { slug } = await get<{ slug: string }>(`/api/apps/${id}`);
  const visitor = await signUp({ prefix: `/a/${slug}`, email: owner.email });
  const path = `/a/${slug}/api/chats/${id}/customer-support/start`;
  const { chat_id } = (await call(path, { token: visitor.token, json: {} })).body as { chat_id: string };
  const theirs = await openTab(`/a/${slug}/ws/customer-support/${id}/${chat_id}/${visitor.user_id}`, visitor);
  const turn = await theirs.say("Where is my order A-1001?");
  expect(dataOf(turn, "chat.tool_response").at(-1)?.success).toBe(false);
  const delta = dataOf(turn, "chat.usage_delta")[0];
  expect(delta?.total_tokens).toBeGreaterThan(0);
  expect(JSON.stringify(delta)).not.toMatch(/cost|balance/);
  theirs.close();
});
