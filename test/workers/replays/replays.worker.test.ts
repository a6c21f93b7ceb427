import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { may, ROLES } from "#enterprises/may";
import { LENDING } from "#test/workers/chat-session/desk";
import { hire } from "#test/workers/chat-session/team-desk";
import { call, codeOf, signUp } from "#test/workers/gateway/client";
import {
  chatOf,
  ended,
  openReplayDesk,
  type ReplayDesk,
  read,
  register,
  replayed,
  start,
  twoChats,
} from "./replay-desk.ts";

let desk: ReplayDesk;
let lending: string;
let parcels: string;
const asked: { url: string; key: string | null }[] = [];

beforeAll(async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    asked.push({ url: String(url), key: new Headers(init?.headers).get("authorization") });
    return Response.json({ place: "Bonn depot" });
  });
  desk = await openReplayDesk();
  ({ lending, parcels } = await twoChats(desk));
});

beforeEach(() => {
  asked.length = 0;
});

const app = () => `/api/apps/${desk.enterprise_id}`;
const get = async (path: string) => (await call(path, { token: desk.owner.token })).body;

/** Everything that a replay could have touched. */
async function world() {
  const { as_of: _now, ...ledger } = (await get(`/api/app/usage/${desk.enterprise_id}`)) as { as_of: string };
  const loans = await get(`${app()}/tables/loans/rows`);
  const tools = await get(`${app()}/tables/tools/rows`);
  const chats = await Promise.all(
    [lending, parcels].map((id) =>
      runInDurableObject(
        env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${id}`),
        (_, { storage: { sql } }) =>
          ["log", "entries", "runs", "answers", "inputs"].map((table) =>
            sql.exec(`SELECT * FROM ${table}`).toArray(),
          ),
      ),
    ),
  );
  return { ledger, loans, tools, chats };
}

test("the live version replayed on itself is the same in every turn, and leaves the world as it was", async () => {
  const version = ((await get(app())) as { live_version: number }).live_version;
  const before = await world();
  expect(before.loans).toMatchObject({ items: [{ values: { tool_code: "T-101" } }] });
  const replay = await replayed(desk, { version, chats: [lending, parcels] });
  expect(replay).toMatchObject({
    status: "done",
    version,
    totals: {
      chats: { all: 2, done: 2, skipped: 0 },
      turns: { all: 5, done: 5, same: 5, answers_changed: 0 },
      calls: { same: 4, changed: 0, missing: 0, new: 0 },
    },
  });
  const { before: was, after: now } = replay.totals.usage;
  expect(now.tokens).toBeGreaterThan(0);
  // Ids are of one length, so what was asked costs the same again.
  expect(now).toEqual(was);
  const [, borrowed] = replay.chats[0]?.turns ?? [];
  expect(borrowed).toMatchObject({
    said: "I want to borrow tool T-101",
    calls: [{ tool_name: "lend_tool", status: "same", before: { asked: "user" }, after: { asked: "user" } }],
    status: { before: "completed", after: "completed" },
  });
  expect(borrowed?.answer.after).toContain("L-1001");
  // Nothing left, nothing was written, and the owner paid nothing.
  expect(asked).toEqual([]);
  expect(await world()).toEqual(before);
});

test("the foundry pays, and the person is not named to it", async () => {
  const rows = () =>
    runInDurableObject(env.TOKEN_LEDGER.getByName("foundry"), (_, { storage: { sql } }) =>
      sql.exec("SELECT chat_id, user_id FROM usage_rows").toArray(),
    );
  const replay = await replayed(desk, { version: 2, chats: [lending] });
  const own = (await rows()).filter(({ chat_id }) => chat_id === replay.replay_id);
  expect(own.length).toBeGreaterThan(0);
  expect(new Set(own.map(({ user_id }) => user_id))).toEqual(new Set(["replay"]));
});

test("a version with other tools shows what changes: an approval less, a call that is not in the recording", async () => {
  const { approval: _approval, ...freely } = LENDING.tools.lend_tool;
  const { find_tool, ...others } = LENDING.tools;
  const version = await register(desk, {
    ...LENDING,
    agents: { lender: { ...LENDING.agents.lender, tools: ["look_up_tool", "lend_tool"] } },
    tools: { ...others, look_up_tool: find_tool, lend_tool: freely },
  });
  const before = await world();
  const replay = await replayed(desk, { version, chats: [lending] });
  const [asks, borrows, thanks] = replay.chats[0]?.turns ?? [];
  expect(asks).toMatchObject({
    same: false,
    answer: { same: false },
    calls: [
      { tool_name: "look_up_tool", status: "new", before: null, after: { args: { tool_code: "T-101" } } },
      { tool_name: "find_tool", status: "missing", after: null, tool_changed: true },
    ],
  });
  expect(borrows).toMatchObject({
    same: false,
    calls: [
      {
        tool_name: "lend_tool",
        status: "same",
        tool_changed: true,
        before: { asked: "user" },
        after: { asked: null },
      },
    ],
    status: { after: "completed" },
  });
  // Each turn has the history it really had: what differs before spoils nothing.
  expect(thanks).toMatchObject({ same: true });
  expect(replay.totals).toMatchObject({
    turns: { done: 3, same: 1 },
    calls: { same: 1, changed: 0, missing: 1, new: 1 },
  });
  expect(await world()).toEqual(before);
  await register(desk, LENDING);
});

test("a card that was never answered ends the turn, and so does one that is new", async () => {
  const open = await chatOf(desk, LENDING.name, ["I want to borrow tool T-101", "Never mind"]);
  const free = await chatOf(desk, LENDING.name, ["Where is tool T-101?"]);
  const version = await register(desk, {
    ...LENDING,
    tools: { ...LENDING.tools, find_tool: { ...LENDING.tools.find_tool, approval: { by: "user" } } },
  });
  const replay = await replayed(desk, { version, chats: [open, free] });
  expect(replay.chats[0]?.turns[0]).toMatchObject({
    same: true,
    status: { before: "paused", after: "paused" },
    waits_for: "lend_tool",
  });
  expect(replay.chats[1]?.turns[0]).toMatchObject({
    same: false,
    calls: [{ tool_name: "find_tool", status: "same", before: { asked: null }, after: { asked: "user" } }],
    status: { before: "completed", after: "paused" },
    waits_for: "find_tool",
  });
  await register(desk, LENDING);
});

test("`last` takes the live version's newest chats, builds and other versions' are none of them", async () => {
  const newest = await chatOf(desk, LENDING.name, ["Where is tool T-101?"], desk.owner);
  const replay = await replayed(desk, { version: 1, last: 5 });
  expect(replay.chats.map(({ chat_id }) => chat_id)).toEqual([newest]);
  // Version 1 has no lending desk.
  expect(replay.chats[0]?.turns[0]).toMatchObject({ status: { after: "failed" }, error: "NOT_FOUND" });
});

test("a build's plan is replayed before anything of it is live", async () => {
  const base = `${app()}/builds`;
  const { body } = await call(base, {
    token: desk.owner.token,
    json: { prompt: "A tool library that lends tools" },
  });
  const { build_id } = body as { build_id: string };
  for (;;) if (((await get(`${base}/${build_id}`)) as { status: string }).status === "planned") break;
  const replay = await replayed(desk, { build_id, chats: [lending] });
  expect(replay).toMatchObject({ status: "done", version: null, build_id, totals: { turns: { done: 3 } } });
});

test("only those who may read the chats, change the app and see its costs may replay, each leaving its row", async () => {
  for (const role of ROLES) {
    const all = (["chats.read", "app.build", "money.read"] as const).every((action) => may(role, action));
    if (may(role, "replays.run")) expect({ role, all }).toEqual({ role, all: true });
  }
  for (const role of ["operator", "editor", "viewer"] as const) {
    const member = await hire(desk, role, role);
    expect(codeOf(await start(desk, { version: 1, chats: [lending] }, member))).toBe("FORBIDDEN");
    const at = `${app()}/replays/rpl_none`;
    expect((await call(at, { token: member.token })).status).toBe(403);
    expect((await call(`${at}/cancel`, { token: member.token, json: {} })).status).toBe(403);
  }
  const stranger = await signUp();
  expect((await start(desk, { version: 1 }, stranger)).status).toBe(404);
  const atApp = await call(`/api/apps/${desk.enterprise_id}/replays`, {
    at: desk.url,
    token: desk.user.token,
    json: { version: 1 },
  });
  expect(atApp.status).toBe(403);
  const { items } = (await get(`${app()}/audit?limit=100`)) as {
    items: { action: string; outcome: string; details: { chats?: string[] } }[];
  };
  const starts = items.filter(({ action }) => action === "replays.start");
  expect(starts.filter(({ outcome }) => outcome === "FORBIDDEN")).toHaveLength(3);
  expect(starts.find(({ details }) => details.chats?.includes(parcels))?.outcome).toBe("done");
});

test("what can't be replayed is refused: no such version, chat or build, and neither or both of two things", async () => {
  expect((await start(desk, { version: 999, chats: [lending] })).status).toBe(404);
  expect((await start(desk, { build_id: "bld_none", chats: [lending] })).status).toBe(404);
  expect((await start(desk, { version: 1, chats: ["chat_none"] })).status).toBe(404);
  for (const json of [
    {},
    { version: 1, build_id: "b" },
    { version: 1, chats: ["a"], last: 1 },
    { version: 1, last: 51 },
  ])
    expect((await start(desk, json)).status).toBe(400);
});

test("a chat that is deleted meanwhile is skipped, and its object does not come into being again", async () => {
  const gone = await chatOf(desk, LENDING.name, ["Where is tool T-101?"]);
  const answer = await start(desk, { version: 2, chats: [lending, gone] });
  await env.DB.prepare("DELETE FROM chat WHERE chat_id = ?").bind(gone).run();
  const { replay_id } = answer.body as { replay_id: string };
  const replay = await ended(desk, replay_id);
  expect(replay.chats[1]).toMatchObject({ status: "skipped", reason: "gone", turns: [] });
  expect((await start(desk, { version: 2, chats: [gone] })).status).toBe(404);
});

test("a replay that is cancelled stops where it is, and one at a time is run", async () => {
  const { replay_id } = (await start(desk, { version: 2, chats: [lending, parcels] })).body as {
    replay_id: string;
  };
  expect(codeOf(await start(desk, { version: 2, chats: [lending] }))).toBe("CONFLICT");
  const at = `${app()}/replays/${replay_id}/cancel`;
  const stopped = await call(at, { token: desk.owner.token, json: {} });
  expect(stopped.body).toMatchObject({ replay_id, status: "cancelled" });
  const twice = await call(at, { token: desk.owner.token, json: {} });
  expect(codeOf(twice)).toBe("CONFLICT");
  // The next one is run to its end, and nothing is added to the one that was stopped.
  await replayed(desk, { version: 2, chats: [lending] });
  const { totals } = await read(desk, replay_id);
  expect(totals.turns.done).toBeLessThanOrEqual(
    (stopped.body as { totals: typeof totals }).totals.turns.done,
  );
});
