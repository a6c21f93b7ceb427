import * as z from "zod";
import { errorCode } from "../errors.ts";
import { id, nano, time } from "../ids.ts";

/**
 * What to replay, and against which files: a version by number, the draft, or what a build would make of its plan.
 * `chats`: these; otherwise the `last` ones of the live version, by their last use.
 */
export const startReplay = z
  .object({
    version: z.union([z.number().int().min(1), z.literal("draft")]).optional(),
    build_id: id.optional(),
    chats: z.array(id).min(1).max(50).optional(),
    last: z.number().int().min(1).max(50).optional(),
  })
  .refine((it) => (it.version === undefined) !== (it.build_id === undefined), {
    message: "give a version or a build_id, not both",
    path: ["version"],
  })
  .refine((it) => it.chats === undefined || it.last === undefined, {
    message: "give chats or last, not both",
    path: ["last"],
  });

export const startedReplay = z.object({ replay_id: z.string(), status: z.string() });

const runEnd = z.enum(["completed", "paused", "failed", "cancelled"]);
const usage = z.object({ tokens: z.number().int(), cost_nano: nano });

/**
 * A tool call then and now. `same`: the same arguments; `changed`: another call of the same tool in its place;
 * `missing`: it was made then; `new`: it is not in the recording, so nothing is known of what would come of it.
 * `asked`: who had to agree or answer, the person or the app's team. `tool_changed`: the tool itself works in another way now, and what was
 * recorded of it may not be what it would do. Long arguments are cut, as JSON text.
 */
const asked = z.enum(["user", "operator"]).nullable();
const replayedCall = z.object({
  tool_name: z.string(),
  status: z.enum(["same", "changed", "missing", "new"]),
  before: z.object({ args: z.unknown(), asked }).nullable(),
  after: z.object({ args: z.unknown(), asked }).nullable(),
  tool_changed: z.boolean(),
});
export type ReplayedCall = z.infer<typeof replayedCall>;

/** One message of a person, with what came of it then and now. Long texts are cut. */
export const replayedTurn = z.object({
  message_id: z.string(),
  said: z.string(),
  /** Answer, calls and end are the same. */
  same: z.boolean(),
  answer: z.object({ same: z.boolean(), before: z.string(), after: z.string() }),
  calls: z.array(replayedCall),
  /** `before` is null where it isn't known. */
  usage: z.object({ before: usage.nullable(), after: usage }),
  status: z.object({ before: runEnd.nullable(), after: runEnd }),
  /** Why it failed. */
  error: errorCode.optional(),
  /** The tool whose card the turn ends at, as the recording has no answer for it. */
  waits_for: z.string().optional(),
});
export type ReplayedTurn = z.infer<typeof replayedTurn>;

/** `gone`: deleted since. `empty`: no message in it was answered by agents. `unavailable`: it could not be read. */
const skipped = z.enum(["gone", "empty", "unavailable"]);

const replayedChat = z.object({
  chat_id: z.string(),
  status: z.enum(["waiting", "running", "done", "skipped"]),
  reason: skipped.optional(),
  /** Turns it has; those done are in `turns`. */
  turn_count: z.number().int(),
  turns: z.array(replayedTurn),
});

const counts = z.object({
  same: z.number().int(),
  changed: z.number().int(),
  missing: z.number().int(),
  new: z.number().int(),
});

/** `stopped`: it had cost as much as a replay may. */
export const replay = z.object({
  replay_id: z.string(),
  status: z.enum(["running", "done", "cancelled", "stopped"]),
  /** What it is run against. */
  version: z.union([z.number().int(), z.literal("draft")]).nullable(),
  build_id: z.string().nullable(),
  created_at: time,
  /** When it is deleted. */
  expires_at: time,
  totals: z.object({
    chats: z.object({ all: z.number().int(), done: z.number().int(), skipped: z.number().int() }),
    turns: z.object({
      all: z.number().int(),
      done: z.number().int(),
      same: z.number().int(),
      answers_changed: z.number().int(),
    }),
    calls: counts,
    /** Of the turns whose usage is known for both. */
    usage: z.object({ before: usage, after: usage }),
  }),
  chats: z.array(replayedChat),
});
export type Replay = z.infer<typeof replay>;
