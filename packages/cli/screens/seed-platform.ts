import { setTimeout as wait } from "node:timers/promises";
import type { Build } from "#protocol/api/build";
import { SEED_PROMPT } from "../demo/conversation.ts";
import { LOAN_DESK } from "./loan-desk.ts";

export const PASSWORD = "correct horse battery";
const POLL_MS = 150;
const TIMEOUT_MS = 120_000;

/** What was put there: an app with people who chat, a call that waits for the team, and somebody who asks for a human. */
export type Seeded = { email: string; enterpriseId: string; approvalChat: string; humanChat: string };

type Somebody = { token: string; id: string; at: string };

/** Fills a platform as a small team would find it after a morning's work. */
export async function seedPlatform(url: string): Promise<Seeded> {
  const email = `ada-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const ada = await signUp(url, "Ada Lovelace", email);
  const app = await ask<{ enterprise_id: string; slug: string; build_id: string }>(ada, "/api/apps", {
    prompt: SEED_PROMPT,
    approve: "auto",
  });
  const id = app.enterprise_id;
  const built = await until(
    () => ask<Build>(ada, `/api/apps/${id}/builds/${app.build_id}`),
    (build) => ["live", "failed", "cancelled"].includes(build.status),
  );
  if (built.status !== "live") throw new Error(`the build ${built.status}: ${built.error?.message}`);
  await ask(ada, "/api/workflows/register", { enterprise_id: id, definition: LOAN_DESK });
  await upload(ada, id, "returns-policy.md", RETURNS_POLICY);
  const limits = { user_day_nano: "2000000000", app_month_nano: "50000000000" };
  await ask(ada, `/api/apps/${id}`, { show_cost: true, limits }, "PATCH");
  await ask(ada, `/api/apps/${id}/secrets/SHOP_API_KEY`, { value: crypto.randomUUID() }, "PUT");
  await ask(ada, `/api/apps/${id}/invitations`, { email: "grace@example.com", role: "editor" });

  const there = `${url}/a/${app.slug}`;
  const chat = async (name: string, workflow: string, lines: string[]) => {
    const person = await signUp(there, name, `${name.split(" ")[0]?.toLowerCase()}@example.org`);
    return talk(person, id, workflow, lines);
  };
  await chat("Maria Reyes", "customer-support", ["Hi", "What can you do for me?"]);
  const rated = await chat("Tom Becker", "loan-desk", ["Where is tool T-101?"]);
  await rate(rated);
  const { chatId: approvalChat } = await chat("Jonas Weber", "loan-desk", ["I want to borrow tool T-101"]);
  const { chatId: humanChat } = await chat("Lena Novak", "loan-desk", [
    "I want to speak to a human colleague",
  ]);
  await talk(ada, id, "customer-support", ["Where is my order A-1001?"]);
  return { email, enterpriseId: id, approvalChat, humanChat };
}

async function signUp(at: string, name: string, email: string): Promise<Somebody> {
  const answer = await fetch(`${at}/api/auth/sign-up/email`, {
    method: "POST",
    // Node's fetch says that it fetches as a page does, and pages name their origin when they sign people in.
    headers: { "content-type": "application/json", origin: new URL(at).origin },
    body: JSON.stringify({ email, password: PASSWORD, name }),
  });
  const token = answer.headers.get("set-auth-token");
  const { user } = (await answer.json()) as { user?: { id: string } };
  if (!token || !user) throw new Error(`${at} did not sign ${name} up (${answer.status})`);
  return { token, id: user.id, at };
}

async function ask<T>(
  { at, token }: Somebody,
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
): Promise<T> {
  const answer = await fetch(at + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function upload(who: Somebody, id: string, name: string, text: string): Promise<void> {
  const form = new FormData();
  form.set("file", new File([text], name));
  const headers = { authorization: `Bearer ${who.token}` };
  const answer = await fetch(`${who.at}/api/apps/${id}/knowledge`, { method: "POST", headers, body: form });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}

type Frame = { type: string; data: { message_id?: string; status?: string } };
type Talk = { who: Somebody; id: string; chatId: string; frames: Frame[] };

/** Says each line when the one before has been answered, or waits for somebody. */
async function talk(who: Somebody, id: string, workflow: string, lines: string[]): Promise<Talk> {
  const start = `/api/chats/${id}/${workflow}/start`;
  const { chat_id: chatId } = await ask<{ chat_id: string }>(who, start, { force_new: true });
  const read = async () =>
    (await ask<{ items: Frame[] }>(who, `/api/chats/${id}/${chatId}/events?limit=100`)).items;
  let frames: Frame[] = [];
  for (const [index, message] of lines.entries()) {
    await ask(who, `/chat/${id}/${chatId}/${who.id}/input`, { message, workflow_name: workflow });
    frames = await until(
      read,
      (items) => items.filter(({ type }) => type === "chat.run_complete").length > index,
    );
  }
  return { who, id, chatId, frames };
}

async function rate({ who, id, chatId, frames }: Talk): Promise<void> {
  const last = frames.findLast(({ type }) => type === "chat.stream_end");
  await ask(who, `/chat/${id}/${chatId}/${who.id}/feedback`, {
    message_id: last?.data.message_id,
    value: "down",
    comment: "I wanted to know when it is free.",
  });
}

async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  const end = performance.now() + TIMEOUT_MS;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (performance.now() > end) throw new Error(`not done after ${TIMEOUT_MS / 1_000} s`);
    await wait(POLL_MS);
  }
}

const RETURNS_POLICY = `# Returns

## How long

You may return anything within thirty days of its delivery.

## What it costs

Returning is free within the country. From abroad you pay the postage.
`;
