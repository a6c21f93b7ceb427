import * as z from "zod";
import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { noteSeat } from "#chats/operator-seats";
import { may } from "#enterprises/may";
import { ERRORS } from "#protocol/errors";
import { id, slug } from "#protocol/ids";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { OPEN_HEADER, type SessionOpen } from "../../chat-session/session-open.ts";
import { ledgerFor, SESSION_HEADER } from "../../token-ledger/ledger-for.ts";
import type { Ctx } from "../call.ts";
import { atHost, lookAtHost } from "../close-at-host.ts";
import { crowdOut } from "../crowd-out.ts";
import { noteOpening } from "../end-keys.ts";
import { lookAgain } from "../end-sessions.ts";
import { findTeamChat, operatorOpen } from "../find-team-chat.ts";
import { lookAtChat } from "../look-at-chat.ts";
import { roughlyOf } from "../middleware/rough.ts";
import { upgradeOnly } from "../middleware/upgrade-only.ts";
import { openOwnChat } from "../open-own-chat.ts";
import { refuseSocket } from "../refuse-socket.ts";
import { routes } from "../route.ts";
import { lookAtEnterprise, whyUnseen } from "../see-enterprise.ts";
import { sessionOpenOf } from "../session-open-of.ts";
import { type SocketCaller, socketBearer, socketCaller } from "../socket-credential.ts";
import { toObject } from "../to-object.ts";

const chatPath = z.object({ workflow: slug, enterprise_id: id, chat_id: id, user_id: id });
const operatorPath = z.object({ enterprise_id: id, chat_id: id });
const usagePath = z.object({ enterprise_id: id });

/** Path parts that can't name anything name nothing. Error: NOT_FOUND. */
function parts<T extends z.ZodType>(c: Ctx, schema: T): z.infer<T> {
  const parsed = schema.safeParse(c.req.param());
  if (!parsed.success) throw appError("NOT_FOUND");
  return parsed.data;
}

const nobody = (c: Ctx) =>
  refuseSocket(c, 4401, "TOKEN_EXPIRED", "The access token is missing or no longer good. Get a new one.");
const closed = (c: Ctx, why: "APP_UNPUBLISHED" | "NOT_ADMITTED") =>
  refuseSocket(c, 1008, why, ERRORS[why].message);
const mismatch = (c: Ctx) =>
  refuseSocket(c, 1008, "FORBIDDEN", "The access token is for something else than this address.");

function isFor(
  caller: SocketCaller,
  path: { enterprise_id: string; chat_id?: string; user_id?: string },
): boolean {
  if (caller.enterprise_id !== undefined && caller.enterprise_id !== path.enterprise_id) return false;
  if (caller.chat_id !== undefined && caller.chat_id !== path.chat_id) return false;
  return path.user_id === undefined || path.user_id === caller.who.user_id;
}

export const socketRoutes = routes();
socketRoutes.use("/ws/*", upgradeOnly);

socketRoutes.get("/ws/usage/:enterprise_id", async (c) => {
  const path = parts(c, usagePath);
  const caller = await socketCaller(c);
  if (caller === null) return nobody(c);
  if (!isFor(caller, path)) return mismatch(c);
  await roughlyOf(c, "OPENINGS", caller.who.user_id);
  const seen = await lookAtEnterprise(c, caller.who, path.enterprise_id);
  if (seen === null) throw appError("NOT_FOUND");
  if (!may(seen.role, "money.read")) throw appError("FORBIDDEN");
  const { session_id } = caller.who;
  const ours: Record<string, string> = session_id === undefined ? {} : { [SESSION_HEADER]: session_id };
  return toObject(c, ledgerFor(c.env.deps.env, path.enterprise_id), ours);
});

/**
 * A chat of the app's people, for a member who may read it. It only tells: what a member does there comes by HTTP, where
 * each call is judged by their role of that moment (T13). Noted first, so that they can be sent out.
 */
socketRoutes.get("/ws/operator/:enterprise_id/:chat_id", async (c) => {
  const path = parts(c, operatorPath);
  const { deps } = c.env;
  const caller = await socketCaller(c);
  if (caller === null) return nobody(c);
  if (!isFor(caller, path)) return mismatch(c);
  await roughlyOf(c, "OPENINGS", caller.who.user_id);
  const { who } = caller;
  const look = () => lookAtEnterprise(c, who, path.enterprise_id);
  const seen = await look();
  if (seen === null) throw appError("NOT_FOUND");
  if (!may(seen.role, "chats.read")) throw appError("FORBIDDEN");
  const chat = await findTeamChat(c, seen, path.chat_id);
  await noteSeat(deps.db, seen.scope, { userId: who.user_id, chatId: chat.chatId, now: deps.clock.now() });
  // Again behind the note: a role that went meanwhile was taken without this seat being known.
  if (!may((await look())?.role ?? null, "chats.read")) throw appError("FORBIDDEN");
  return toChat(c, operatorOpen(seen, chat, who), who);
});

/** A chat that does not exist yet is made; the generator is a workflow like the others, for members only. */
socketRoutes.get("/ws/:workflow/:enterprise_id/:chat_id/:user_id", async (c) => {
  const path = parts(c, chatPath);
  const bearer = await socketBearer(c);
  const looked = bearer && (await lookAtChat(c, bearer, path));
  if (looked === null) return nobody(c);
  const { who } = looked;
  if (!isFor({ ...bearer, who }, path)) return mismatch(c);
  await roughlyOf(c, "OPENINGS", who.user_id);
  if (looked.seen === null) {
    const why = whyUnseen(c, path.enterprise_id);
    if (why !== "NOT_FOUND") return closed(c, why);
  }
  const { seen, chat } = await openOwnChat(c, looked, path);
  return toChat(c, sessionOpenOf(seen, chat, who), who);
});

async function toChat(c: Ctx, asked: SessionOpen, who: Principal): Promise<Response> {
  const open = atHost(c, asked);
  await noteOpening(c, open);
  const answer = await toObject(c, chatSessionFor(c.env.deps.env, open.enterprise_id, open.chat_id), {
    // ASCII: a header of any other letters is printed whole by the runtime.
    [OPEN_HEADER]: encodeURIComponent(JSON.stringify(open)),
  });
  crowdOut(c, open, who);
  lookAgain(c, open, who);
  lookAtHost(c, open);
  return answer;
}
