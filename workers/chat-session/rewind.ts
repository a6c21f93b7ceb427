import { doneIn } from "#runtime/taken-back";
import { countTaken, type TooSoon, tooSoon, type UnderWork } from "./app-limits.ts";
import type { Driver } from "./driver.ts";
import type { Said } from "./entry-rows.ts";
import { emit, type Room } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import { type Submitted, submit } from "./take-input.ts";
import { withdraw } from "./team.ts";

type Refused = { ok: false; code: "NOT_FOUND" | "CONFLICT"; details?: undefined };

/**
 * Another answer to the last message: all that came after it is taken back, and it waits for a run once more.
 * `messageId` must be of that turn, so that a repeat finds nothing.
 */
export function regenerate(
  room: Room,
  driver: Driver,
  messageId?: string,
): { ok: true } | Refused | TooSoon | UnderWork {
  const said = room.store.entries.lastSaid();
  if (!said || (messageId !== undefined && !room.store.entries.isSaidSince(said.n, messageId)))
    return { ok: false, code: "NOT_FOUND" };
  const refused = tooSoon(room);
  if (refused) return refused;
  if (!isAtRest(room, driver)) return { ok: false, code: "CONFLICT" };
  countTaken(room);
  takeBack(room, said, "regenerate");
  room.store.askAgain(said.entry.message_id);
  return { ok: true };
}

/** A message in other words: it and all that came after it is taken back, and the new one is said. */
export function edit(
  room: Room,
  driver: Driver,
  ask: { message_id: string; text: string; client_message_id?: string },
): Submitted | Refused {
  const { message_id, text, client_message_id } = ask;
  const known = room.store.knownInput(client_message_id);
  if (known) return { ok: true, message_id: known, repeated: true };
  const said = room.store.entries.lastSaid(message_id);
  if (!said) return { ok: false, code: "NOT_FOUND" };
  // Before anything is taken back, or a card passed over.
  const refused = tooSoon(room);
  if (refused) return refused;
  if (!isAtRest(room, driver)) return { ok: false, code: "CONFLICT" };
  takeBack(room, said, "edit");
  return submit(room, { text, client_message_id });
}

/** Nothing is going on or waits; a card that waits for the person is passed over, as by any new message. */
function isAtRest(room: Room, driver: Driver): boolean {
  if (room.store.meta<SessionOpen>("open")?.workflow === GENERATOR) return false;
  if (driver.status() === "running" || room.store.waitingInputs() > 0) return false;
  return driver.status() === "idle" || driver.cancel();
}

/** No await in here: all of it is in the rows, or nothing. */
function takeBack(room: Room, said: Said, reason: "edit" | "regenerate"): void {
  const { entry } = said;
  const taken = room.store.entries.takeBack(said.n);
  const done = doneIn(taken);
  if (done.length > 0) room.store.entries.add({ kind: "taken_back", done });
  withdraw(room, taken);
  if (entry.at) room.store.setMeta("at", entry.at);
  emit(room, "chat.rewind", { message_id: entry.message_id, reason });
}
