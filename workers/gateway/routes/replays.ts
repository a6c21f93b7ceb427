import * as z from "zod";
import { appError } from "#base/app-error";
import { knownChats, newestChats } from "#chats/chats-to-replay";
import { type Replay, replay, startedReplay, startReplay } from "#protocol/api/replay";
import { id } from "#protocol/ids";
import { unwrap } from "../../app-data/answer.ts";
import { replaysFor } from "../../replays/replays-for.ts";
import type { Ctx } from "../call.ts";
import { filesToReplay } from "../files-to-replay.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Replays"];
const base = "/api/apps/{enterprise_id}/replays";
const one = `${base}/{replay_id}` as const;
const params = z.object({ enterprise_id: id, replay_id: id });

/** Chats that are replayed if nothing else is said. */
const LAST = 10;

/** Error: NOT_FOUND (one of these chats is none of the app's), BAD_REQUEST (nobody has used the live version yet). */
async function chatsToReplay(
  c: Ctx,
  { scope, enterprise }: SeenAs,
  it: z.infer<typeof startReplay>,
): Promise<string[]> {
  const { db } = c.env.deps;
  if (it.chats) {
    const chats = [...new Set(it.chats)];
    const known = await knownChats(db, scope, chats);
    const missing = chats.find((chatId) => !known.has(chatId));
    if (missing !== undefined) throw appError("NOT_FOUND", { chat_id: missing });
    return chats;
  }
  const live = enterprise.liveVersion;
  const newest = live === null ? [] : await newestChats(db, scope, live, it.last ?? LAST);
  if (newest.length === 0)
    throw appError("BAD_REQUEST", {
      issues: [{ path: "last", message: "there are no conversations of the live version yet" }],
    });
  return newest;
}

/** Error: NOT_FOUND. */
async function readReplay(c: Ctx, enterpriseId: string, replayId: string): Promise<Replay> {
  const text = await replaysFor(c.env.deps.env, enterpriseId).report(replayId);
  if (text === null) throw appError("NOT_FOUND");
  return JSON.parse(text) as Replay;
}

export const replayRoutes = routes();

replayRoutes.openapi(
  route({
    method: "post",
    path: base,
    tags,
    summary: "Replay real conversations with another version; nothing is changed by it",
    access: "session",
    creates: true,
    request: { params: z.object({ enterprise_id: id }), body: jsonBody(startReplay) },
    responses: answers(202, startedReplay, "Under way"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const it = c.req.valid("json");
    const { deps } = c.env;
    const { version = null, build_id = null } = it;
    const replay_id = deps.newId("rpl");
    const details: Record<string, unknown> = build_id === null ? { version } : { build_id };
    const deed = { action: "replays.start", target: replay_id, details };
    await privileged(c, enterprise_id, "replays.run", deed, async (seen) => {
      const chat_ids = await chatsToReplay(c, seen, it);
      // Whose conversations were read.
      details.chats = chat_ids;
      const files = JSON.stringify(await filesToReplay(c, seen, { version, build_id }));
      const replays = replaysFor(deps.env, enterprise_id);
      unwrap(await replays.begin({ replay_id, enterprise_id, version, build_id, files, chat_ids }));
    });
    return c.json({ replay_id, status: "running" }, 202);
  },
);

replayRoutes.openapi(
  route({
    method: "get",
    path: one,
    tags,
    summary: "How far a replay is, and what differs so far",
    access: "session",
    request: { params },
    responses: answers(200, replay, "The replay"),
  }),
  async (c) => {
    const { enterprise_id, replay_id } = c.req.valid("param");
    await seeAs(c, enterprise_id, "replays.run");
    return c.json(await readReplay(c, enterprise_id, replay_id), 200);
  },
);

replayRoutes.openapi(
  route({
    method: "post",
    path: `${one}/cancel`,
    tags,
    summary: "Stop a replay; what it has found so far stays",
    access: "session",
    request: { params },
    responses: answers(200, replay, "The replay"),
  }),
  async (c) => {
    const { enterprise_id, replay_id } = c.req.valid("param");
    const deed = { action: "replays.cancel", target: replay_id };
    const left = await privileged(c, enterprise_id, "replays.run", deed, async () => {
      unwrap(await replaysFor(c.env.deps.env, enterprise_id).cancel(replay_id));
      return readReplay(c, enterprise_id, replay_id);
    });
    return c.json(left, 200);
  },
);
