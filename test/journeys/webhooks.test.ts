import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Platform, runPlatform } from "#cli/platform/run-platform";
import type { WebhookEvent } from "#protocol/api/webhook-event";
import { type OutsideServer, outsideServer } from "#test/support/outside-server";

const DEFINITION = {
  name: "greeter",
  title: "Greeter",
  description: "Says hello.",
  entry_agent: "greeter",
  agents: { greeter: { description: "Says hello.", instructions: "Greet people." } },
};

let platform: Platform;
let receiver: OutsideServer;
let inside: OutsideServer;
let token = "";
/** What the receiver answers next; 204 once there is nothing more. */
const answers: { status: number; headers?: Record<string, string> }[] = [];
const state = mkdtempSync(join(tmpdir(), "mozaiks-webhooks-"));

beforeAll(async () => {
  inside = await outsideServer((_, response) => response.end("inside"));
  receiver = await outsideServer((_, response) => {
    const { status, headers } = answers.shift() ?? { status: 204 };
    response.writeHead(status, headers).end();
  });
  platform = await runPlatform({ port: 0, state, ui: false, env: { EGRESS_ALLOW: receiver.host } });
});

afterAll(async () => {
  await platform.stop();
  await Promise.all([receiver.close(), inside.close()]);
  rmSync(state, { recursive: true, force: true });
});

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(platform.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  token ||= response.headers.get("set-auth-token") ?? "";
  expect([path, response.status < 300]).toEqual([path, true]);
  return (await response.json()) as T;
}

test("an owner's own server hears of a chat's end over real HTTP, after a 500 and a redirect that leads nowhere", async () => {
  const person = { email: "kim@example.com", password: "correct horse", name: "Kim" };
  const { user } = await post<{ user: { id: string } }>("/api/auth/sign-up/email", person);
  const { enterprise_id } = await post<{ enterprise_id: string }>("/api/apps", { name: "Greetings" });
  await post("/api/workflows/register", { enterprise_id, definition: DEFINITION });
  const { secret } = await post<{ secret: string }>(`/api/apps/${enterprise_id}/webhooks`, {
    url: `${receiver.origin}/hook`,
    events: ["chat.finished"],
  });
  answers.push({ status: 500 }, { status: 302, headers: { location: inside.origin } });
  const start = `/api/chats/${enterprise_id}/greeter/start`;
  const { chat_id } = await post<{ chat_id: string }>(start, { force_new: true });
  await post(`/chat/${enterprise_id}/${chat_id}/${user.id}/input`, {
    message: "hello",
    workflow_name: "greeter",
  });
  // Tried again after some ten seconds: the schedule is the real one here. The next one is a minute off.
  await vi.waitUntil(() => receiver.seen.length === 2, 30_000);
  expect(inside.seen).toEqual([]);
  for (const { headers, body, path } of receiver.seen) {
    expect(path).toBe("/hook");
    const event = JSON.parse(body) as WebhookEvent<"chat.finished">;
    expect(event).toMatchObject({
      type: "chat.finished",
      enterprise_id,
      data: { chat_id, status: "completed" },
    });
    expect(headers["webhook-id"]).toBe(event.id);
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const hmac = createHmac("sha256", key).update(signed).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${hmac}`);
  }
  expect(new Set(receiver.seen.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});
