import { assertNever } from "#base/assert-never";
import { type BuildState, publicBuild } from "#generator/build-state";
import { type BuildDeps, type BuildEvent, type Card, runBuild } from "#generator/run-build";
import { BUILD_TOOL, editCard, planCard, publishCard, questionsCard } from "./build-cards.ts";
import { emit, type Room } from "./room.ts";
import { emitToolResponse } from "./run-frames.ts";
import type { RunStatus } from "./store.ts";

/** Runs a build to its end or to a card that waits; a build is a run of the generator's chat, with the build's id. */
export async function driveBuild(room: Room, build: BuildState, deps: BuildDeps): Promise<void> {
  emit(room, "chat.run_start", { workflow: "generator", chat_id: build.chat_id, run_id: build.build_id });
  for await (const event of runBuild(build, deps)) take(event, room, build);
}

/** The events of a build as frames and rows. */
export function take(event: BuildEvent, room: Room, build: BuildState): void {
  switch (event.type) {
    case "progress": {
      const { type: _, ...progress } = event;
      emit(room, "chat.tool_progress", { tool_call_id: callOf(build, room), ...progress }, "generator");
      save(room, build, "running");
      break;
    }
    case "say": {
      const said = { message_id: room.newId("msg"), role: "assistant" as const, content: event.text };
      emit(room, "chat.text", said, "generator");
      break;
    }
    case "asks": {
      const { tool_call_id, reason } = show(event.card, build, room);
      emit(room, "chat.awaiting_reply", { reason, tool_call_id });
      emit(room, "chat.run_complete", {
        run_id: build.build_id,
        status: "paused",
        reason: WAITS[event.card],
      });
      save(room, build, "paused");
      break;
    }
    case "ended": {
      closeCard(room, build, { ok: false, dismissed: true });
      const { status, version, url, acceptance, error } = publicBuild(build);
      emit(
        room,
        "chat.tool_response",
        {
          tool_call_id: callOf(build, room),
          tool_name: BUILD_TOOL,
          status: status === "live" ? "ok" : status === "cancelled" ? "declined" : "failed",
          success: status === "live",
          content: { build_id: build.build_id, status, version, url, acceptance, error },
        },
        "generator",
      );
      const end = status === "live" ? "completed" : status === "cancelled" ? "cancelled" : "failed";
      emit(room, "chat.run_complete", {
        run_id: build.build_id,
        status: end,
        reason: status,
        ...(error ? { error } : {}),
      });
      save(room, build, end);
      break;
    }
    default:
      assertNever(event);
  }
}

const WAITS: Record<Card, string> = {
  questions: "waiting for answers",
  plan: "waiting for the plan's approval",
  publish: "waiting for a yes to publish it",
};

function show(card: Card, build: BuildState, room: Room) {
  if (card === "plan") {
    const tool_call_id = callOf(build, room);
    emit(
      room,
      "chat.tool_call",
      build.edit ? editCard(build, tool_call_id) : planCard(build, tool_call_id),
      "generator",
    );
    return { tool_call_id, reason: "plan" as const };
  }
  // Shown anew after a crash in between: it stays the same card.
  build.card_id ??= room.newId("call");
  const made = card === "questions" ? questionsCard : publishCard;
  emit(room, "chat.tool_call", made(build, build.card_id), "generator");
  return {
    tool_call_id: build.card_id,
    reason: card === "questions" ? ("ui" as const) : ("approval" as const),
  };
}

/** Ends the card that a build waited on beside its plan's, if there is one. */
export function closeCard(
  room: Room,
  build: BuildState,
  outcome: { ok: boolean; dismissed?: true; declined?: true } & Record<string, unknown>,
): void {
  if (!build.card_id) return;
  const tool_name = build.plan || build.patches ? "publish_app" : "ask_questions";
  emitToolResponse(room, { tool_call_id: build.card_id, tool_name }, outcome, "generator");
  build.card_id = null;
}

/** One call stands for the whole build: its progress, its plan's card and its outcome share the id. */
function callOf(build: BuildState, room: Room): string {
  if (build.tool_call_id) return build.tool_call_id;
  build.tool_call_id = room.newId("call");
  emit(
    room,
    "chat.tool_call",
    {
      tool_call_id: build.tool_call_id,
      tool_name: BUILD_TOOL,
      interaction_type: "auto_tool",
      component_type: "build",
      display: "inline",
      awaiting_response: false,
      payload: { build_id: build.build_id, prompt: build.prompt },
    },
    "generator",
  );
  return build.tool_call_id;
}

function save(room: Room, build: BuildState, status: RunStatus): void {
  room.store.saveRun(build.build_id, status, build);
}
