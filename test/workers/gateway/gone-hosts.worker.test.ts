import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Domain } from "#protocol/api/domain";
import { call, type MadeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { liveApp, withDomain } from "./domain-world.ts";

let owner: Person;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
});
beforeEach(() => vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

/** A socket to somebody's own chat, at whatever address of the app; `closed`: how it ended, once it has. */
async function open(at: string, app: MadeApp, who: Person, chat = "c1") {
  const path = `/ws/greeter/${app.enterprise_id}/${chat}/${who.user_id}`;
  const headers = { upgrade: "websocket", authorization: `Bearer ${who.token}` };
  const { webSocket: socket } = await worker.fetch(new Request(`${at}${path}`, { headers }));
  if (!socket) throw new Error("no socket");
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    socket.addEventListener("close", ({ code, reason }) => done({ code, reason })),
  );
  const pong = () =>
    new Promise<boolean>((done) => {
      socket.addEventListener("message", ({ data }) => data === '{"type":"pong"}' && done(true));
      socket.addEventListener("close", () => done(false));
      socket.send('{"type":"ping"}');
    });
  socket.accept();
  return { closed, pong, close: () => socket.close(1000) };
}
const GONE = { code: 1008, reason: "This address is no longer the app's." };

test("what was opened at a domain ends when it is removed; what was opened at the app's other addresses stays", async () => {
  const host = "chat.removed.example";
  const { app, domains } = await withDomain(owner, host, false);
  const user = await signUp({ at: app.url });
  const [there, second, here] = [
    await open(`http://${host}:8787`, app, user),
    await open(`http://${host}:8787`, app, user, "c2"),
    await open(app.url, app, user),
  ];
  const stream = await worker.fetch(
    new Request(`http://${host}:8787/api/chats/${app.enterprise_id}/c1/events`, {
      headers: { authorization: `Bearer ${user.token}`, accept: "text/event-stream" },
    }),
  );
  expect(stream.status).toBe(200);
  const read = stream.text();
  expect(await there.pong()).toBe(true);
  await domains.remove(owner, app, host);
  expect(await Promise.all([there.closed, second.closed])).toEqual([GONE, GONE]);
  await read;
  expect(await here.pong()).toBe(true);
  here.close();
  expect((await call("/api/me", { at: `http://${host}:8787`, token: user.token })).status).toBe(404);
});

test("what was opened at a domain ends when another app proves it, and when its record has been gone for a day", async () => {
  for (const [i, how] of (["taken", "lapsed"] as const).entries()) {
    const host = `chat.${how}.example`;
    const { app, claimed, domains, doh, setRecords, later } = await withDomain(owner, host, false);
    const user = await signUp({ at: app.url });
    const there = await open(`http://${host}:8787`, app, user);
    expect(await there.pong()).toBe(true);
    for (const { name, type } of claimed.records) if (type === "TXT") doh.set(name, type);
    if (how === "taken") {
      const rival = await liveApp(owner);
      setRecords((await domains.claim(owner, rival, host)).body as Domain);
      await domains.check(owner, rival, host);
    } else {
      await later();
      expect(await there.pong()).toBe(true);
      await env.DB.prepare("UPDATE domain SET lost_at = 1 WHERE host = ?").bind(host).run();
      await later();
    }
    expect({ i, how: await there.closed }).toEqual({ i, how: GONE });
  }
});
