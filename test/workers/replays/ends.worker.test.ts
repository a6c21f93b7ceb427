import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { LIMITS } from "#base/limits";
import { call } from "#test/workers/gateway/client";
import { ended, openReplayDesk, type ReplayDesk, replayed, start, twoChats } from "./replay-desk.ts";

let desk: ReplayDesk;
let lending: string;
let parcels: string;

beforeAll(async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ place: "Bonn depot" }));
  desk = await openReplayDesk();
  ({ lending, parcels } = await twoChats(desk));
});

const replays = () => env.REPLAYS.getByName(desk.enterprise_id);
const app = () => `/api/apps/${desk.enterprise_id}`;

test("F10 a replay whose process dies goes on from its rows", async () => {
  const { replay_id } = (await start(desk, { version: 2, chats: [lending, parcels] })).body as {
    replay_id: string;
  };
  await evictDurableObject(replays());
  const replay = await ended(desk, replay_id);
  expect(replay).toMatchObject({ status: "done", totals: { turns: { all: 5, done: 5 } } });
});

test("F12 a turn that keeps killing its process is given up, and the replay goes on", async () => {
  const { replay_id } = (await start(desk, { version: 2, chats: [lending] })).body as { replay_id: string };
  await call(`${app()}/replays/${replay_id}/cancel`, { token: desk.owner.token, json: {} });
  await runInDurableObject(replays(), async (_, { storage }) => {
    const { sql } = storage;
    sql.exec("DELETE FROM replay_turn WHERE replay_id = ?", replay_id);
    sql.exec("UPDATE replay_chat SET status = 'waiting' WHERE replay_id = ?", replay_id);
    sql.exec(`CREATE TRIGGER tired AFTER INSERT ON replay_turn WHEN NEW.n = 0 BEGIN
      UPDATE replay_turn SET tries = ${LIMITS.runMaxAttempts} WHERE rowid = NEW.rowid; END`);
    sql.exec("UPDATE replay SET status = 'running' WHERE replay_id = ?", replay_id);
  });
  const replay = await ended(desk, replay_id);
  await runInDurableObject(replays(), (_, { storage: { sql } }) => sql.exec("DROP TRIGGER tired").toArray());
  expect(replay.chats[0]?.turns.map(({ error }) => error)).toEqual(["INTERRUPTED", undefined, undefined]);
});

test("a replay that has cost as much as it may is stopped", async () => {
  const { replay_id } = (await start(desk, { version: 2, chats: [lending] })).body as { replay_id: string };
  await runInDurableObject(replays(), (_, { storage: { sql } }) => {
    sql.exec("UPDATE replay SET cost_nano = ? WHERE replay_id = ?", String(LIMITS.replayMaxNano), replay_id);
  });
  const replay = await ended(desk, replay_id);
  expect(replay.status).toBe("stopped");
  expect(replay.totals.turns.done).toBeLessThan(3);
});

test("replays go after a week, and with the app", async () => {
  const old = await replayed(desk, { version: 2, chats: [lending] });
  await runInDurableObject(replays(), (_, { storage: { sql } }) => {
    sql.exec(
      "UPDATE replay SET created_at = created_at - ? WHERE replay_id = ?",
      LIMITS.replayKeptMs + 1,
      old.replay_id,
    );
  });
  const late = await call(`${app()}/replays/${old.replay_id}`, { token: desk.owner.token });
  expect(late.status).toBe(404);
  const rows = () =>
    runInDurableObject(replays(), (_, { storage: { sql } }) =>
      sql.exec("SELECT name FROM sqlite_master WHERE name LIKE 'replay%'").toArray(),
    );
  expect(await rows()).not.toEqual([]);
  await start(desk, { version: 2, chats: [lending, parcels] });
  await call(app(), { method: "DELETE", token: desk.owner.token });
  expect(await rows()).toEqual([]);
});
