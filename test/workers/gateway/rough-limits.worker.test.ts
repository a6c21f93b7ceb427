import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { RoughLimit } from "#workers/rate-limiter/rough-limit";
import { makeKey } from "./api-keys.ts";
import { call, codeOf, type MadeApp, makeApp, migrate, type Person, signUp, worker } from "./client.ts";
import { goLive } from "./greeter.ts";

let owner: Person;
let acme: MadeApp;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  acme = await makeApp(owner);
  await goLive(acme.enterprise_id);
});
afterEach(() => vi.restoreAllMocks());

const NAMES: RoughLimit[] = ["REQUESTS", "CALLS", "STARTS", "OPENINGS", "UPLOADS"];
const FROM = { "cf-connecting-ip": "203.0.113.7" };

/** What each limit is asked for, and that one of them (or none) says no. */
function watch(full?: RoughLimit) {
  const asked: [RoughLimit, string][] = [];
  for (const name of NAMES)
    vi.spyOn(env[name], "limit").mockImplementation(async ({ key }) => {
      asked.push([name, key]);
      return { success: name !== full };
    });
  return asked;
}
const start = () =>
  call(`/api/chats/${acme.enterprise_id}/greeter/start`, {
    json: { user_id: owner.user_id },
    token: owner.token,
    headers: FROM,
  });
const upload = () => {
  const form = new FormData();
  form.set("file", new File(["words"], "a.txt", { type: "text/plain" }));
  const request = new Request(`http://localhost:8787/api/apps/${acme.enterprise_id}/knowledge`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${owner.token}`, ...FROM },
  });
  return worker.fetch(request);
};
const socket = (path = `greeter/${acme.enterprise_id}/rough/${owner.user_id}`) =>
  worker.fetch(
    new Request(`http://localhost:8787/ws/${path}`, {
      headers: { upgrade: "websocket", authorization: `Bearer ${owner.token}`, ...FROM },
    }),
  );

test("each thing counts where it should: an address for all, a person for calls, chats, sockets and files", async () => {
  const asked = watch();
  expect((await start()).status).toBe(200);
  const of = (name: RoughLimit) => [name, name === "REQUESTS" ? "203.0.113.7" : owner.user_id];
  expect(asked.splice(0)).toEqual([of("REQUESTS"), of("CALLS"), of("STARTS")]);
  expect((await upload()).status).toBe(202);
  expect(asked.splice(0)).toEqual([of("REQUESTS"), of("CALLS"), of("UPLOADS")]);
  const { webSocket } = await socket();
  webSocket?.accept();
  expect(asked.splice(0)).toEqual([of("REQUESTS"), of("OPENINGS")]);
  // What is said on it is not counted here: nothing stands between a message and its chat.
  webSocket?.send(JSON.stringify({ type: "user.input.submit", data: { text: "hello" } }));
  await new Promise<void>((done) =>
    webSocket?.addEventListener("message", ({ data }) => data.includes("chat.run_complete") && done()),
  );
  expect(asked).toEqual([]);
  webSocket?.close();
});

test("a full limit is a 429 in the one shape with when to come back, before anything is written", async () => {
  const before = await env.DB.prepare("select count(*) as n from chat").first("n");
  const ways: [RoughLimit, () => Promise<{ status: number; headers: Headers }>][] = [
    ["REQUESTS", () => call("/api/health", { headers: FROM })],
    ["CALLS", () => call("/api/apps", { token: owner.token, headers: FROM })],
    ["STARTS", start],
    ["OPENINGS", () => socket()],
    ["OPENINGS", () => socket(`usage/${acme.enterprise_id}`)],
    ["OPENINGS", () => socket(`operator/${acme.enterprise_id}/rough`)],
    ["UPLOADS", upload],
  ];
  for (const [name, ask] of ways) {
    watch(name);
    const answer = await ask();
    expect({ name, status: answer.status, after: answer.headers.get("retry-after") }).toEqual({
      name,
      status: 429,
      after: "60",
    });
    expect(answer.headers.get("x-request-id")).toBeTruthy();
    vi.restoreAllMocks();
  }
  watch("CALLS");
  const refused = await call("/api/apps", { token: owner.token, headers: FROM });
  expect(codeOf(refused)).toBe("RATE_LIMITED");
  expect(refused.body).toMatchObject({ error: { details: { limit: "calls" } } });
  expect(await env.DB.prepare("select count(*) as n from chat").first("n")).toBe(before);
});

test("an API key is counted by itself, and what comes from this machine not at all", async () => {
  const key = await makeKey(owner, acme.enterprise_id, ["usage.read"]);
  const asked = watch();
  await call(`/api/app/usage/${acme.enterprise_id}`, { token: key.key, headers: FROM });
  expect(asked.map(([name]) => name)).toEqual(["REQUESTS", "CALLS"]);
  expect(asked[1]?.[1]).not.toBe(owner.user_id);
  await call("/api/apps", { token: owner.token });
  await call("/api/apps", { token: owner.token, headers: { "cf-connecting-ip": "127.0.0.1" } });
  expect(asked.length).toBe(2);
});

test("a limiter of the platform's that fails lets people through and says so", async () => {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  vi.spyOn(env.REQUESTS, "limit").mockRejectedValue(new Error("down"));
  expect((await call("/api/health", { headers: FROM })).status).toBe(200);
  expect(lines.join()).toContain("rates.rough_failed");
});

test.each([
  ["REQUESTS", 1_200],
  ["CALLS", 600],
  ["STARTS", 60],
  ["OPENINGS", 120],
  ["UPLOADS", 60],
] as const)(
  "the binding %s of wrangler.toml lets %i through in a minute: of more than that in two, some are refused",
  async (name, limit) => {
    const key = crypto.randomUUID();
    const all = await Promise.all(Array.from({ length: 2 * limit + 10 }, () => env[name].limit({ key })));
    const refused = all.filter(({ success }) => !success).length;
    expect(refused).toBeGreaterThanOrEqual(10);
    // Those of one minute, or of the end of one and the start of the next.
    expect(refused).toBeLessThanOrEqual(limit + 10);
  },
);
