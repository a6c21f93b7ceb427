import { assertNever } from "#base/assert-never";
import type { NewId } from "#base/new-id";
import { type BuildState, publicBuild } from "#generator/build-state";
import { type BuildDeps, type BuildEvent, runBuild } from "#generator/run-build";
import { noteBuildEnd } from "./note-happening.ts";
import { emit, type Room } from "./room.ts";
import type { RunStatus } from "./store.ts";

const TOOL = "build_app";

/** Runs a build to its end or to its plan's card; a build is a run of the generator's chat, with the build's id. */
export async function driveBuild(
  room: Room,
  build: BuildState,
  deps: BuildDeps,
  newId: NewId,
): Promise<void> {
  emit(room, "chat.run_start", { workflow: "generator", chat_id: build.chat_id, run_id: build.build_id });
  for await (const event of runBuild(build, deps)) take(event, room, build, newId);
}

/** The events of a build as frames and rows. */
export function take(event: BuildEvent, room: Room, build: BuildState, newId: NewId): void {
  switch (event.type) {
    case "progress": {
      const { type: _, ...progress } = event;
      emit(room, "chat.tool_progress", { tool_call_id: card(build, room, newId), ...progress }, "generator");
      save(room, build, "running");
      break;
    }
    case "say":
      emit(
        room,
        "chat.text",
        { message_id: newId("msg"), role: "assistant", content: event.text },
        "generator",
      );
      break;
    case "planned": {
      const tool_call_id = card(build, room, newId);
      emit(room, "chat.tool_call", planCard(build, tool_call_id), "generator");
      emit(room, "chat.awaiting_reply", { reason: "plan", tool_call_id });
      emit(room, "chat.run_complete", {
        run_id: build.build_id,
        status: "paused",
        reason: "waiting for the plan's approval",
      });
      save(room, build, "paused");
      break;
    }
    case "ended": {
      const { status, version, acceptance, error } = publicBuild(build);
      emit(
        room,
        "chat.tool_response",
        {
          tool_call_id: card(build, room, newId),
          tool_name: TOOL,
          status: status === "live" ? "ok" : status === "cancelled" ? "declined" : "failed",
          success: status === "live",
          content: { build_id: build.build_id, status, version, acceptance, error },
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
      noteBuildEnd(room, build);
      break;
    }
    default:
      assertNever(event);
  }
}

/** The answer to a plan's card. */
export const planResponse = {
  type: "object",
  properties: {
    approved: { type: "boolean" },
    plan_hash: { type: "string" },
    plan: { type: "object" },
  },
  required: ["approved"],
};

function planCard(build: BuildState, toolCallId: string) {
  return {
    tool_call_id: toolCallId,
    tool_name: TOOL,
    interaction_type: "ui_tool" as const,
    component_type: "plan",
    display: "artifact" as const,
    awaiting_response: true,
    payload: {
      build_id: build.build_id,
      plan: build.plan,
      plan_hash: build.plan_hash,
      response_schema: planResponse,
    },
  };
}

/** One call stands for the whole build: its progress, its card and its outcome share the id. */
function card(build: BuildState, room: Room, newId: NewId): string {
  if (build.tool_call_id) return build.tool_call_id;
  build.tool_call_id = newId("call");
  emit(
    room,
    "chat.tool_call",
    {
      tool_call_id: build.tool_call_id,
      tool_name: TOOL,
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
