import { beforeAll, expect, test } from "vitest";
import type { Analytics } from "#protocol/api/analytics";
import type { AppDetail } from "#protocol/api/app";
import { type Bill, bill, myUsage, selfCheck, type Usage } from "#protocol/api/usage";
import { dataOf, openTab } from "#test/support/chat-client";
import { type Desk, LENDING, openDesk, startChat } from "#test/workers/chat-session/desk";
import { askLedger } from "#workers/gateway/ask-ledger";
import { call, codeOf, type Person, signUp } from "./client.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const app = (of = desk) => `/api/apps/${of.enterprise_id}`;
const patch = (json: unknown, of = desk) => call(app(of), { method: "PATCH", token: of.owner.token, json });

async function get<T>(path: string, token = desk.owner.token): Promise<T> {
  const { status, body } = await call(path, { token });
  expect({ path, status }).toEqual({ path, status: 200 });
  return body as T;
}

const usageOf = (of = desk) => get<Usage>(`/api/app/usage/${of.enterprise_id}`, of.owner.token);

/** An end user of the app, with a chat of their own. */
async function visitor(of = desk): Promise<{ person: Person; chat_id: string; path: string }> {
  const { slug } = await get<AppDetail>(app(of), of.owner.token);
  const person = await signUp({ prefix: `/a/${slug}` });
  const start = await call(`/a/${slug}/api/chats/${of.enterprise_id}/${LENDING.name}/start`, {
    token: person.token,
    json: {},
  });
  const { chat_id } = start.body as { chat_id: string };
  const path = `/a/${slug}/ws/${LENDING.name}/${of.enterprise_id}/${chat_id}/${person.user_id}`;
  return { person, chat_id, path };
}

test.each([
  ["a negative one", { user_day_nano: "-1" }, "limits.user_day_nano"],
  ["a fraction", { turn_nano: "1.5" }, "limits.turn_nano"],
  ["a number", { turn_nano: 5 }, "limits.turn_nano"],
  ["an absurd one", { app_month_nano: "99999999999999999" }, "limits.app_month_nano"],
  ["words", { chat_nano: "ten dollars" }, "limits.chat_nano"],
  ["an unknown one", { galaxy_nano: "1" }, "limits"],
  ["more than the platform takes", { chat_rate_per_minute: 121 }, "limits.chat_rate_per_minute"],
  ["none at all", { sockets_per_user: 0 }, "limits.sockets_per_user"],
])("a limit that is %s is refused by its path, and nothing is changed", async (_, limits, path) => {
  const answer = await patch({ limits, name: "Renamed" });
  expect(codeOf(answer)).toBe("BAD_REQUEST");
  expect(JSON.stringify(answer.body)).toContain(`"path":"${path}"`);
  expect(await get<AppDetail>(app())).toMatchObject({ name: "Tool Library", time_zone: "UTC" });
});

test("limits and the time zone are set, shown, kept and taken away one by one", async () => {
  const set = await patch({
    limits: { turn_nano: "5000", user_day_nano: "7000" },
    time_zone: "Asia/Kolkata",
  });
  expect(set.status).toBe(200);
  await patch({ limits: { turn_nano: null } });
  expect(await get<AppDetail>(app())).toMatchObject({
    limits: { turn_nano: null, user_day_nano: "7000", chat_nano: null },
    time_zone: "Asia/Kolkata",
  });
  expect(codeOf(await patch({ time_zone: "Mars/Olympus" }))).toBe("BAD_REQUEST");
  await patch({ limits: { user_day_nano: null }, time_zone: "UTC" });
});

test("T33 a budget stops spending before it is passed; everybody concerned is told at 50, 80 and 100 %, once", async () => {
  const own = await openDesk();
  const { person, path } = await visitor(own);
  await patch({ limits: { user_day_nano: "3000000", app_month_nano: "900000000" } }, own);
  const tab = await openTab(path, person);
  for (let turns = 0; dataOf(tab.frames, "chat.error").length === 0 && turns < 100; turns++)
    await tab.say("hello");
  expect(dataOf(tab.frames, "chat.error")).toMatchObject([
    { code: "BUDGET_EXCEEDED", retryable: false, details: { scope: "user_day" } },
  ]);
  expect(dataOf(tab.frames, "chat.run_complete").at(-1)).toMatchObject({ status: "failed" });
  const alerts = dataOf(tab.frames, "chat.token_budget_alert");
  expect(alerts.map(({ scope, threshold }) => [scope, threshold])).toEqual([
    ["user_day", 50],
    ["user_day", 80],
    ["user_day", 100],
  ]);
  // The owner doesn't show cost, so no amount reaches an end user.
  expect(JSON.stringify(tab.frames)).not.toMatch(/_nano|_usd/);
  const { totals, budgets } = await usageOf(own);
  expect(BigInt(totals.cost_nano)).toBeLessThanOrEqual(3_000_000n);
  expect(budgets).toMatchObject([
    { scope: "app_month", key: "", limit_nano: "900000000", spent_nano: totals.cost_nano },
    { scope: "user_day", key: person.user_id, limit_nano: "3000000", spent_nano: totals.cost_nano },
  ]);
  // A higher limit holds at once.
  await patch({ limits: { user_day_nano: "90000000" } }, own);
  expect(dataOf(await tab.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  tab.close();
});

test("a turn that would cost more than a turn may is refused, and says so", async () => {
  const own = await openDesk();
  await patch({ limits: { turn_nano: "1000" } }, own);
  const { tab } = await startChat(own);
  const turn = await tab.say("hello");
  expect(dataOf(turn, "chat.error")).toMatchObject([{ code: "BUDGET_EXCEEDED", details: { scope: "turn" } }]);
  expect((await usageOf(own)).totals.calls).toBe(0);
  tab.close();
});

test("a person's own cap stops them and nobody else; they see their use in each app", async () => {
  const own = await openDesk();
  const { person, path } = await visitor(own);
  const { slug } = await get<AppDetail>(app(own), own.owner.token);
  const capPath = `/a/${slug}/api/me/cap/${own.enterprise_id}`;
  const cap = (month_nano: unknown) =>
    call(capPath, { method: "PUT", token: person.token, json: { month_nano } });
  for (const bad of ["-1", "1.5", 7, "x"]) expect(codeOf(await cap(bad))).toBe("BAD_REQUEST");
  expect(await cap("1")).toMatchObject({ status: 200, body: { month_nano: "1" } });
  const tab = await openTab(path, person);
  expect(dataOf(await tab.say("hello"), "chat.error")).toMatchObject([{ details: { scope: "own_cap" } }]);
  const { tab: other } = await startChat(own);
  expect(dataOf(await other.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  await cap(null);
  expect(dataOf(await tab.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  await cap("90000000");

  const mine = myUsage.parse(await get(`/a/${slug}/api/me/usage`, person.token));
  const line = (await usageOf(own)).by_user.find(({ key }) => key === person.user_id);
  expect(mine.totals).toMatchObject({ calls: 1, cost_nano: line?.cost_nano });
  expect(mine.by_enterprise).toMatchObject([
    { enterprise_id: own.enterprise_id, calls: 1, stale: false, budgets: [{ scope: "own_cap" }] },
  ]);
  const owners = myUsage.parse(await get("/api/me/usage", own.owner.token));
  expect(owners.by_enterprise).toMatchObject([{ enterprise_id: own.enterprise_id, calls: 1, budgets: [] }]);
  expect(codeOf(await call("/api/me/usage?period=2026-13", { token: own.owner.token }))).toBe("BAD_REQUEST");
  for (const it of [tab, other]) it.close();
});

test("a chat's bill is what its frames and the app's usage say; it is final when the chat is left", async () => {
  const { tab, chat_id } = await startChat(desk);
  await tab.say("Where is tool T-101?");
  const turn = await tab.say("hello");
  const types = turn.map(({ type }) => type);
  expect(types.indexOf("chat.usage_summary")).toBe(types.indexOf("chat.run_complete") - 1);
  const [summary] = dataOf(turn, "chat.usage_summary");
  const path = `/api/chats/${desk.enterprise_id}/${chat_id}/bill`;
  const whole = bill.parse(await get<Bill>(path));
  expect(summary).toMatchObject({ totals: whole.totals, by_agent: whole.by_agent, by_model: whole.by_model });
  const spent = dataOf(tab.frames, "chat.usage_delta").reduce(
    (sum, it) => sum + BigInt(it.cost_nano ?? 0),
    0n,
  );
  expect(whole.totals.cost_nano).toBe(String(spent));
  const listed = whole.lines!.reduce((sum, line) => sum + BigInt(line.cost_nano), 0n);
  expect(listed).toBe(spent);
  expect((await usageOf()).by_chat.find(({ key }) => key === chat_id)?.cost_nano).toBe(String(spent));
  expect(whole.final).toBe(false);
  const first = bill.parse(await get<Bill>(`${path}?limit=1`));
  expect(first.lines).toEqual(whole.lines!.slice(0, 1));
  const next = bill.parse(await get<Bill>(`${path}?limit=100&cursor=${first.next_cursor}`));
  expect(next.lines).toEqual(whole.lines!.slice(1));
  tab.close();
  await expect.poll(async () => (await get<Bill>(path)).final).toBe(true);
  // In the log only the newest summary stands.
  const late = await openTab(
    `/ws/${LENDING.name}/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}`,
    desk.owner,
  );
  expect(dataOf(late.frames, "chat.usage_summary")).toEqual([summary]);
  late.close();
});

test("T02 a bill is its own person's and the owner's, without cost where the owner shows none", async () => {
  const { person, chat_id, path } = await visitor();
  const tab = await openTab(path, person);
  const turn = await tab.say("hello");
  expect(JSON.stringify(dataOf(turn, "chat.usage_summary"))).not.toMatch(/cost/);
  const at = `/api/chats/${desk.enterprise_id}/${chat_id}/bill`;
  const { slug } = await get<AppDetail>(app());
  const theirs = bill.parse(await get(`/a/${slug}${at}`, person.token));
  expect(theirs.totals.total_tokens).toBeGreaterThan(0);
  expect(JSON.stringify(theirs)).not.toMatch(/cost|"lines"/);
  const owners = bill.parse(await get(at));
  expect(owners.lines).toHaveLength(1);
  const other = await signUp({ prefix: `/a/${slug}` });
  expect(codeOf(await call(`/a/${slug}${at}`, { token: other.token }))).toBe("NOT_FOUND");
  tab.close();
});

test("analytics tell how runs ended, how fast they were and what people thought, as soon as it is so", async () => {
  const own = await openDesk();
  const { tab } = await startChat(own);
  const card = await tab.say("I want to borrow T-101");
  const calls = dataOf(card, "chat.tool_call").filter((it) => it.awaiting_response);
  await tab.answer(calls[0]!.tool_call_id, { approved: true });
  const turn = await tab.say("hello");
  const message_id = dataOf(turn, "chat.stream_end")[0]!.message_id;
  const path = `/api/app/analytics/${own.enterprise_id}`;
  const seen = () => get<Analytics>(path, own.owner.token);
  expect(await seen()).toMatchObject({
    chats: 1,
    runs: 2,
    users: 1,
    completion: { completed: 2, paused: 0, failed: 0, rate: 1 },
    thumbs: { up: 0, down: 0 },
    latency_ms: { first_token: { p50: expect.any(Number) }, run: { p99: expect.any(Number) } },
  });
  tab.send("chat.feedback", { message_id, value: "up" });
  await expect.poll(async () => (await seen()).thumbs).toEqual({ up: 1, down: 0 });
  const hours = await get<Analytics>(`${path}?granularity=hour`, own.owner.token);
  expect(hours.by_hour).toMatchObject([{ calls: hours.totals.calls, cost_nano: hours.totals.cost_nano }]);
  expect(codeOf(await call(`${path}?granularity=eon`, { token: own.owner.token }))).toBe("BAD_REQUEST");
  tab.close();
});

test("the owner can have every invariant of the ledger checked", async () => {
  const answer = selfCheck.parse(await get(`/api/app/usage/${desk.enterprise_id}/check`));
  expect(answer.ok).toBe(true);
  expect(answer.checks.filter(({ checked }) => checked > 0).length).toBeGreaterThan(8);
  expect(answer.checks.every(({ violations }) => violations === 0)).toBe(true);
  const { person } = await visitor();
  const { slug } = await get<AppDetail>(app());
  const path = `/a/${slug}/api/app/usage/${desk.enterprise_id}/check`;
  expect(codeOf(await call(path, { token: person.token }))).toBe("FORBIDDEN");
});

test("F26 a read that can't reach the ledger says so, as something to try again", async () => {
  const gone = { getByName: () => ({ usage: () => Promise.reject(new Error("gone")) }) };
  const asked = askLedger({ TOKEN_LEDGER: gone as never }, "ent_x", (ledger) => ledger.usage());
  await expect(asked).rejects.toMatchObject({ code: "LEDGER_UNAVAILABLE" });
});
