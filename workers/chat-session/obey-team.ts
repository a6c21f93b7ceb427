import { assertNever } from "#base/assert-never";
import type { RunState } from "#runtime/run-state";
import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import {
  arrive,
  decideWait,
  join,
  leave,
  operatorOf,
  say,
  type TeamAnswer,
  type TeamMember,
} from "./team.ts";

/** What a member of the app's team does in somebody's chat. */
export type TeamCommand =
  | { do: "decide"; tool_call_id: string; approved: boolean; comment?: string }
  | { do: "join" }
  | { do: "say"; text: string }
  | { do: "leave" };

/** Carries a command out for somebody of this chat's tenant; for others the chat does not exist (T06). */
export async function obeyTeam(
  room: Room,
  driver: Driver,
  by: TeamMember,
  it: TeamCommand,
): Promise<TeamAnswer> {
  const open = room.store.meta<SessionOpen>("open");
  if (open?.enterprise_id !== by.enterprise_id || open.workflow === GENERATOR)
    return { ok: false, code: "NOT_FOUND", details: { reason: "no_such_chat" } };
  switch (it.do) {
    case "decide":
      return decideWait(room, by, it);
    case "join":
      return takeOver(room, driver, by);
    case "say":
      await driver.drive();
      return say(room, by, it.text);
    case "leave":
      return leave(room, by.user_id);
    default:
      return assertNever(it);
  }
}

/** What was going on is stopped first; what the person writes from here on waits for the operator. */
async function takeOver(room: Room, driver: Driver, by: TeamMember): Promise<TeamAnswer> {
  const joined = join(room, by);
  if (!joined.ok || operatorOf(room)?.arrived) return joined;
  const last = room.store.lastRun<RunState>();
  if (last?.status !== "paused" || !last.state.pending?.team) driver.cancel();
  // Its last rows must be there before anybody says anything.
  await driver.drive();
  arrive(room);
  return joined;
}
