import { expect } from "vitest";
import type * as z from "zod";
import type { selfCheck, Usage } from "#protocol/api/usage";
import type { DownFrame } from "#protocol/frames/down";
import { dataOf } from "#test/support/data-of";
import { type Connect, folded, liveThrough, type Step } from "#test/support/flaky-client";
import { FRONT } from "../../workers/chat-session/lending.ts";
import type { Seat } from "./chatter.ts";
import type { KillablePlatform } from "./killable-platform.ts";
import type { supportApp } from "./support-app.ts";

type App = Awaited<ReturnType<typeof supportApp>>;

export type Story = {
  /** The workflow's definition, as it is registered. */
  definition: { name: string };
  steps: Step[];
  /** Looks at a chat's whole log, after a kill at that point. */
  judge: (log: DownFrame[], point: string) => void;
};

/**
 * Lives through the story once for each frame of it that `isPoint` takes, each time in a new chat, and kills workerd
 * right after that frame. Each time the log is what was heard; in the end the books are right and nothing is held.
 * @returns how many points there were
 */
export async function killAfterEach(
  platform: KillablePlatform,
  app: App,
  { definition, steps, judge }: Story,
  isPoint: (frame: DownFrame) => boolean,
): Promise<number> {
  await post(platform, app, "/api/workflows/register", { enterprise_id: app.enterprise_id, definition });
  let points = 0;
  for (let k = 1; ; k += 1) {
    const seat = await startChat(platform, app, definition.name);
    let heard = 0;
    let killedAfter = "";
    const connect = socketTo(platform, seat, (frame) => {
      if (killedAfter !== "" || !isPoint(frame)) return;
      heard += 1;
      if (heard !== k) return;
      killedAfter = `point ${k}, ${frame.type}`;
      platform.kill();
    });
    const lived = await liveThrough(connect, steps, new Set());
    if (killedAfter === "") break;
    points += 1;
    // After the last frame nobody has waited for it yet.
    await platform.backByItself();
    const log = await logOf(platform, seat);
    expect(lived.doubled, killedAfter).toBe(0);
    expect(JSON.stringify(folded(lived.heard)), killedAfter).toBe(JSON.stringify(log));
    judge(log, killedAfter);
  }
  const usage = `/api/app/usage/${app.enterprise_id}`;
  await expect
    .poll(async () => (await app.get<Usage>(usage)).held_nano, { timeout: 60_000, interval: 250 })
    .toBe("0");
  const check = await app.get<z.infer<typeof selfCheck>>(`${usage}/check`);
  expect(check.checks.filter(({ violations }) => violations > 0)).toEqual([]);
  return points;
}

/** Somebody borrows a tool: each time one loan is written, once. Loans are numbered as they are written. */
export function lendingStory(steps: Step[]): Story {
  let last: number | null = null;
  return {
    definition: FRONT,
    steps,
    judge(log, point) {
      const done = dataOf(log, "chat.tool_response").filter(
        (it) => it.tool_name === "lend_tool" && it.success,
      );
      expect(done, `${point}: ${said(log)}`).toHaveLength(1);
      const ends = new Set(dataOf(log, "chat.run_complete").map(({ status }) => status));
      expect(ends, point).toEqual(new Set(["completed", "paused"]));
      const number = Number(/"loan_number":"L-(\d+)"/.exec(JSON.stringify(done))?.[1]);
      // A row too many would leave a gap.
      expect(number, point).toBe(last === null ? number : last + 1);
      last = number;
    },
  };
}

/** A socket that waits for the server to be back when it is not there. */
function socketTo(platform: KillablePlatform, seat: Seat, onFrame: (frame: DownFrame) => void): Connect {
  const { token, chat_id, enterprise_id, workflow, user_id, prefix } = seat;
  const secret = Buffer.from(token).toString("base64url");
  return async (after, on) => {
    await platform.backByItself();
    const path = `${prefix}/ws/${workflow}/${enterprise_id}/${chat_id}/${user_id}?after=${after}`;
    const socket = new WebSocket(platform.url().replace("http", "ws") + path, ["mozaiks.bearer.v1", secret]);
    const opened = new Promise<void>((resolve) => {
      for (const how of ["open", "close", "error"] as const) socket.addEventListener(how, () => resolve());
    });
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(String(data)) as DownFrame;
      on.frame(frame);
      onFrame(frame);
    });
    socket.addEventListener("close", on.lost);
    await opened;
    return { send: (text) => socket.send(text), cut: () => socket.close() };
  };
}

async function post<T>(
  platform: KillablePlatform,
  { creator }: App,
  path: string,
  body: unknown,
): Promise<T> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${creator.token}` };
  const answer = await fetch(platform.url() + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function startChat(platform: KillablePlatform, app: App, workflow: string): Promise<Seat> {
  const path = `/api/chats/${app.enterprise_id}/${workflow}/start`;
  const { chat_id } = await post<{ chat_id: string }>(platform, app, path, { force_new: true });
  return { ...app.creator, enterprise_id: app.enterprise_id, workflow, chat_id };
}

/** The whole log, as its person reads it. */
async function logOf(platform: KillablePlatform, seat: Seat): Promise<DownFrame[]> {
  const path = `${seat.prefix}/api/chats/${seat.enterprise_id}/${seat.chat_id}/events?after=-1&limit=100`;
  const headers = { authorization: `Bearer ${seat.token}` };
  const answer = await fetch(platform.url() + path, { headers });
  return ((await answer.json()) as { items: DownFrame[] }).items;
}

function said(log: readonly DownFrame[]): string {
  return JSON.stringify(log.map(({ type, data }) => [type, data]).slice(-5));
}
