import { LIMITS } from "#base/limits";
import type { Deps } from "../compose.ts";
import { within } from "../timer.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";

/** Gives the outbox what it does not have yet. False, and all stays where it is, when it can't be reached. */
export async function tellOwner({ env, log }: Deps, room: Room): Promise<boolean> {
  const open = room.store.meta<SessionOpen>("open");
  if (!open) return true;
  for (let some = room.happenings.untold(); some; some = room.happenings.untold()) {
    try {
      const answer = webhooksFor(env, open.enterprise_id).tell(some.events);
      const late = () => new Error("no answer in time");
      room.happenings.told(some, await within(LIMITS.webhookTellMs, answer, late));
    } catch (cause) {
      log("warn", "chat.owner_not_told", { chat_id: open.chat_id, cause: String(cause) });
      return false;
    }
  }
  return true;
}
