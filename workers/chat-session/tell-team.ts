import { putTeamWaits } from "#chats/team-waits";
import { scopeOf } from "#enterprises/scope";
import type { Deps } from "../compose.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { markTold, untold } from "./team.ts";

/** Brings the index of what waits for the team up to this chat. What fails is tried again with the next job. */
export async function tellTeam(room: Room, { db, log }: Pick<Deps, "db" | "log">): Promise<void> {
  const waits = untold(room);
  const open = room.store.meta<SessionOpen>("open");
  if (!waits || !open) return;
  const { enterprise_id, chat_id } = open;
  markTold(room, true);
  await putTeamWaits(db, scopeOf(enterprise_id), chat_id, waits).catch((cause: unknown) => {
    markTold(room, false);
    log("warn", "chat.team_not_told", { chat_id, cause: String(cause) });
  });
}
