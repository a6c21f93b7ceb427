import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Platform, runPlatform } from "#cli/platform/run-platform";
import type { Build } from "#protocol/api/build";
import type { Usage } from "#protocol/api/usage";
import type { DownFrame } from "#protocol/frames/down";

const state = mkdtempSync(join(tmpdir(), "mozaiks-kill-"));
const SAYINGS = ["Where is my order A-1001?", "Show me all my orders", "What can you do?"];
/** After how many frames of its round workerd is killed: from before the first acknowledgement to the last turn. */
const KILL_AFTER_FRAMES = [1, 3, 6, 10, 15, 21];

let platform: Platform;
let token = "";

afterAll(async () => {
  await platform?.stop();
  rmSync(state, { recursive: true, force: true });
});

async function api<T>(path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(platform.url + path, init);
  token ||= answer.headers.get("set-auth-token") ?? "";
  return (await answer.json()) as T;
}

/** workerd is a child of this process: no notice, no goodbye. */
function killWorkerd(): void {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  const pid = /^\s*(\d+) workerd/m.exec(children)?.[1];
  process.kill(Number(pid), "SIGKILL");
}

/** A tab that keeps frames; `until` also ends when the socket does. */
function openTab(path: string, after: number) {
  const secret = Buffer.from(token).toString("base64url");
  const url = `${platform.url.replace("http", "ws")}${path}?after=${after}`;
  const socket = new WebSocket(url, ["mozaiks.bearer.v1", secret]);
  const frames: DownFrame[] = [];
  let closed = false;
  let wake = () => {};
  socket.addEventListener("message", ({ data }) => {
    frames.push(JSON.parse(String(data)));
    wake();
  });
  for (const end of ["close", "error"] as const)
    socket.addEventListener(end, () => {
      closed = true;
      wake();
    });
  async function until(done: () => boolean): Promise<void> {
    while (!closed && !done())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  const say = (text: string, id: string) =>
    socket.send(JSON.stringify({ type: "user.input.submit", data: { text, client_message_id: id } }));
  return { frames, until, say, close: () => socket.close() };
}

test("F10 B5 workerd killed again and again in mid-turn: no message lost or doubled, every token paid once", async () => {
  platform = await runPlatform({ port: 0, state, ui: false });
  const person = { email: "kill@example.com", password: "correct horse", name: "Kim" };
  const { user } = await api<{ user: { id: string } }>("/api/auth/sign-up/email", person);
  const prompt = "Build a customer support app that handles refunds and tracks orders";
  const app = await api<{ enterprise_id: string; build_id: string }>("/api/apps", { prompt });
  const build = () => api<Build>(`/api/apps/${app.enterprise_id}/builds/${app.build_id}`);
  while ((await build()).status !== "live") await new Promise((resolve) => setImmediate(resolve));
  const base = `/api/chats/${app.enterprise_id}`;
  const { chat_id } = await api<{ chat_id: string }>(`${base}/customer-support/start`, {});
  const path = `/ws/customer-support/${app.enterprise_id}/${chat_id}/${user.id}`;

  const acked = new Set<string>();
  let seen = -1;
  const unsent: [string, string][] = [];
  for (const [round, killAfter] of KILL_AFTER_FRAMES.entries()) {
    const tab = openTab(path, seen);
    await tab.until(() => tab.frames.some(({ type }) => type === "chat.resume_boundary"));
    const from = tab.frames.length;
    unsent.push(...SAYINGS.map((text, n): [string, string] => [text, `m-${round}-${n}`]));
    for (const [text, id] of unsent) tab.say(text, id);
    await tab.until(() => tab.frames.length >= from + killAfter);
    killWorkerd();
    await tab.until(() => false);
    for (const { type, data, seq } of tab.frames) {
      seen = Math.max(seen, seq ?? -1);
      if (type === "chat.input_ack") acked.add(data.client_message_id ?? "");
    }
    unsent.splice(0, unsent.length, ...unsent.filter(([, id]) => !acked.has(id)));
    await platform.stop();
    platform = await runPlatform({ port: 0, state, ui: false });
  }

  const tab = openTab(path, -1);
  const isRow = (type: string) =>
    tab.frames.filter((frame) => frame.type === type && frame.seq !== undefined);
  await tab.until(() => tab.frames.some(({ type }) => type === "chat.resume_boundary"));
  for (const [text, id] of unsent) tab.say(text, id);
  const total = SAYINGS.length * KILL_AFTER_FRAMES.length;
  await tab.until(() => isRow("chat.run_complete").length === total);

  const said = tab.frames.flatMap((frame) =>
    frame.type === "chat.text" && frame.data.role === "user" ? [frame.data.client_message_id] : [],
  );
  expect(said).toHaveLength(total);
  expect(new Set(said).size).toBe(total);
  for (const id of acked) expect(said).toContain(id);
  const ends = tab.frames.flatMap((frame) => (frame.type === "chat.run_complete" ? [frame.data.status] : []));
  expect(ends.every((status) => status === "completed")).toBe(true);

  const spent = tab.frames.reduce(
    (sum, frame) => (frame.type === "chat.usage_delta" ? sum + BigInt(frame.data.cost_nano ?? 0) : sum),
    0n,
  );
  const usage = await api<Usage>(`/api/app/usage/${app.enterprise_id}`);
  expect(usage.by_chat).toMatchObject([{ key: chat_id, cost_nano: String(spent) }]);
  expect(usage.held_nano).toBe("0");
  tab.close();
}, 120_000);
