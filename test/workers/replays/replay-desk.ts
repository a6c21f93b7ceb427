import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Replay } from "#protocol/api/replay";
import { openTab } from "#test/support/chat-client";
import { dataOf } from "#test/support/data-of";
import { LENDING } from "#test/workers/chat-session/desk";
import { PARCELS } from "#test/workers/chat-session/parcel-desk";
import { type Answer, call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";

export type ReplayDesk = { owner: Person; enterprise_id: string; user: Person; url: string };

/** The parcel desk with a key, so that a call reads a secret. */
export const KEYED = {
  ...PARCELS,
  tools: {
    ...PARCELS.tools,
    track_parcel: { ...PARCELS.tools.track_parcel, auth: [{ kind: "bearer", secret: "PARCEL_KEY" }] },
  },
};

/** An app that lends tools and tracks parcels, live, and an end user of it. */
export async function openReplayDesk(): Promise<ReplayDesk> {
  await migrate();
  const owner = await signUp({ name: "Olga Owner" });
  const { enterprise_id, url } = await makeApp(owner, "Tool Library");
  const desk = { owner, enterprise_id, url };
  await call(`/api/apps/${enterprise_id}/secrets/PARCEL_KEY`, {
    method: "PUT",
    token: owner.token,
    json: { value: "canary-of-parcels" },
  });
  await register(desk, KEYED);
  await register(desk, LENDING);
  return { ...desk, user: await signUp({ at: url, name: "Una User" }) };
}

/** Makes a workflow live. @returns the version's number */
export async function register(desk: Pick<ReplayDesk, "owner" | "enterprise_id">, definition: unknown) {
  const json = { enterprise_id: desk.enterprise_id, definition };
  const answer = await call("/api/workflows/register", { token: desk.owner.token, json });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return (answer.body as { version: number }).version;
}

export type Said = string | { say: string; answer: unknown };

/** A chat of somebody, with all of this said in it; a card is answered where an answer stands. */
export async function chatOf(desk: ReplayDesk, workflow: string, all: readonly Said[], who = desk.owner) {
  const started = await call(`/api/chats/${desk.enterprise_id}/${workflow}/start`, {
    token: who.token,
    json: { force_new: true },
  });
  const { chat_id } = started.body as { chat_id: string };
  const tab = await openTab(`/ws/${workflow}/${desk.enterprise_id}/${chat_id}/${who.user_id}`, who);
  for (const it of all) {
    const frames = await tab.say(typeof it === "string" ? it : it.say);
    if (typeof it === "string") continue;
    const card = dataOf(frames, "chat.tool_call").find(({ awaiting_response }) => awaiting_response);
    if (!card) throw new Error(`no card after ${it.say}: ${JSON.stringify(frames)}`);
    await tab.answer(card.tool_call_id, it.answer);
  }
  tab.close();
  return chat_id;
}

/** One chat of each desk, with cards that were answered: three turns and two. */
export async function twoChats(desk: ReplayDesk): Promise<{ lending: string; parcels: string }> {
  const lending = await chatOf(desk, LENDING.name, [
    "Where is tool T-101?",
    { say: "I want to borrow tool T-101", answer: { approved: true } },
    "Thank you",
  ]);
  const parcels = await chatOf(desk, PARCELS.name, [
    "Track parcel 4711",
    // What came from outside may have asked for this, so the person is asked whatever the file says.
    { say: "Stop parcel 4711", answer: { approved: true } },
  ]);
  return { lending, parcels };
}

export function start(desk: ReplayDesk, json: unknown, by = desk.owner): Promise<Answer> {
  return call(`/api/apps/${desk.enterprise_id}/replays`, { token: by.token, json });
}

export async function read(desk: ReplayDesk, replayId: string): Promise<Replay> {
  const at = `/api/apps/${desk.enterprise_id}/replays/${replayId}`;
  const answer = await call(at, { token: desk.owner.token });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body as Replay;
}

/** The replay once it has ended: its alarm is rung for each step. */
export async function ended(desk: ReplayDesk, replayId: string): Promise<Replay> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await runDurableObjectAlarm(env.REPLAYS.getByName(desk.enterprise_id));
    const replay = await read(desk, replayId);
    if (replay.status !== "running") return replay;
  }
  throw new Error(`it has not ended: ${JSON.stringify(await read(desk, replayId))}`);
}

/** No replay of these tests has as many. */
const MOST_STEPS = 50;

/** A replay from its start to its end. */
export async function replayed(desk: ReplayDesk, json: unknown): Promise<Replay> {
  const answer = await start(desk, json);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return ended(desk, (answer.body as { replay_id: string }).replay_id);
}
