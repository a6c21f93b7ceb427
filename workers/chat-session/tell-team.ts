import { putTeamWaits } from "#chats/team-waits";
import { putThumbs } from "#chats/touch-chat";
import { scopeOf } from "#enterprises/scope";
import type { Deps } from "../compose.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { markTold, untold } from "./team.ts";

type Needs = Pick<Deps, "db" | "log">;

/** Brings the index of what the team is shown up to this chat. What fails is tried again with the next job. */
export async function tellTeam(room: Room, needs: Needs): Promise<void> {
  const open = room.store.meta<SessionOpen>("open");
  if (open) await Promise.all([tellWaits(room, open, needs), tellThumbs(room, open, needs)]);
}

async function tellWaits(room: Room, open: SessionOpen, { db, log }: Needs): Promise<void> {
  const waits = untold(room);
  if (!waits) return;
  const { enterprise_id, chat_id } = open;
  markTold(room, true);
  await putTeamWaits(db, scopeOf(enterprise_id), chat_id, waits).catch((cause: unknown) => {
    markTold(room, false);
    log("warn", "chat.team_not_told", { chat_id, cause: String(cause) });
  });
}

async function tellThumbs(room: Room, open: SessionOpen, { db, log }: Needs): Promise<void> {
  const { store } = room;
  if (store.meta<boolean>("thumbs_told") !== false) return;
  const { enterprise_id, chat_id } = open;
  const all = store.opinions();
  const up = all.filter(({ value }) => value === "up").length;
  store.setMeta("thumbs_told", true);
  await putThumbs(db, scopeOf(enterprise_id), chat_id, { up, down: all.length - up }).catch(
    (cause: unknown) => {
      store.setMeta("thumbs_told", false);
      log("warn", "chat.thumbs_not_told", { chat_id, cause: String(cause) });
    },
  );
}
