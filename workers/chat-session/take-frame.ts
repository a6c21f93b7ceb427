import { assertNever } from "#base/assert-never";
import type { ErrorCode } from "#protocol/errors";
import { parseUp } from "#protocol/frames/parse-up";
import type { UpFrame } from "#protocol/frames/up";
import { answerBuildCard } from "./answer-build-card.ts";
import { answerCard } from "./answer-card.ts";
import { stopsBuild } from "./builds.ts";
import type { Driver } from "./driver.ts";
import type { Guest } from "./guests.ts";
import { resume } from "./join.ts";
import { giveBack, mayCome, refuseFrame } from "./may-come.ts";
import { noteOpinion } from "./note-happening.ts";
import { edit, regenerate } from "./rewind.ts";
import { endOfAge, type Room, tell, tellError } from "./room.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";
import { submit } from "./take-input.ts";

/** One message of a client. What it got wrong is answered on its own socket, which stays open. */
export async function takeFrame(
  room: Room,
  driver: Driver,
  guest: Guest,
  message: string | ArrayBuffer,
): Promise<void> {
  // One who was refused a seat is on the way out.
  if (!guest.state || endOfAge(room, guest) || !mayCome(room, guest)) return;
  const parsed = parseUp(message);
  if (!parsed.ok) return refuseFrame(room, guest, parsed.code, parsed.details);
  const { frame } = parsed;
  // A member's right may be gone since they connected: what they do comes by HTTP, where each call is judged (T13).
  if (guest.state?.operator && frame.type !== "client.resume" && frame.type !== "client.pong")
    return tellError(room, guest, "FORBIDDEN", room.newId("req"));
  const open = room.store.meta<SessionOpen>("open");
  const named = (frame.data as { chat_id?: string } | undefined)?.chat_id;
  if (!open || (named !== undefined && named !== open.chat_id))
    return tellError(room, guest, "NOT_FOUND", room.newId("req"));
  await act(room, driver, guest, frame, open);
}

async function act(
  room: Room,
  driver: Driver,
  guest: Guest,
  frame: UpFrame,
  open: SessionOpen,
): Promise<void> {
  const userId = guest.state?.user_id ?? "";
  switch (frame.type) {
    case "user.input.submit": {
      const { client_message_id, text, attachments, context } = frame.data;
      const taken = submit(room, { text, client_message_id, attachments, context });
      if (!taken.ok) return refuseMessage(room, guest, taken, client_message_id);
      if (!taken.repeated) giveBack(guest);
      acknowledge(room, guest, open, taken.message_id, client_message_id);
      if (open.workflow === GENERATOR) stopsBuild(room, driver, taken.message_id, text);
      return driver.drive();
    }
    case "user.input.edit": {
      const taken = edit(room, driver, frame.data);
      const { client_message_id } = frame.data;
      if (!taken.ok) return refuseMessage(room, guest, taken, client_message_id);
      acknowledge(room, guest, open, taken.message_id, client_message_id);
      return driver.drive();
    }
    case "chat.regenerate": {
      const asked = regenerate(room, driver, frame.data.message_id);
      return asked.ok ? driver.drive() : tellError(room, guest, asked.code, room.newId("req"), asked.details);
    }
    case "tool_call_response": {
      const { tool_call_id, response } = frame.data;
      const answered =
        open.workflow === GENERATOR
          ? await answerBuildCard(room, userId, tool_call_id, response, driver.plans)
          : answerCard(room, userId, tool_call_id, response);
      tell(room, guest, "ack.tool_call_response", {
        tool_call_id,
        status: answered.ok ? "accepted" : "rejected",
        ...(answered.ok ? {} : { reason: answered.reason }),
      });
      return answered.ok ? driver.drive() : undefined;
    }
    case "client.resume":
      return resume(room, guest, frame.data.last_seq ?? frame.data.lastClientIndex ?? -1);
    case "chat.cancel":
      driver.cancel(frame.data.run_id);
      return;
    case "chat.feedback": {
      const { message_id, value, comment } = frame.data;
      if (!room.log.hasMessage(message_id)) return tellError(room, guest, "NOT_FOUND", room.newId("req"));
      room.store.addFeedback(message_id, userId, value, comment, room.clock.now());
      noteOpinion(room, userId, { message_id, value, comment });
      return driver.noteFeedback({ kind: "feedback", message_id, user_id: userId, value });
    }
    case "client.pong":
      return;
    default:
      return assertNever(frame);
  }
}

function refuseMessage(
  room: Room,
  guest: Guest,
  refused: { code: ErrorCode; details?: Record<string, unknown> | undefined },
  clientMessageId: string | undefined,
): void {
  const details = { client_message_id: clientMessageId, ...refused.details };
  tellError(room, guest, refused.code, room.newId("req"), details);
}

function acknowledge(
  room: Room,
  guest: Guest,
  open: SessionOpen,
  messageId: string,
  clientMessageId: string | undefined,
): void {
  tell(room, guest, "chat.input_ack", {
    chat_id: open.chat_id,
    status: "accepted",
    message_id: messageId,
    ...(clientMessageId ? { client_message_id: clientMessageId } : {}),
  });
}
