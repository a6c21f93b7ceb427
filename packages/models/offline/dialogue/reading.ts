import type { ToolFacts } from "../scene/scene.ts";
import type { Topic } from "./small-talk.ts";
import type { Task } from "./talk.ts";

/** What a message comes to. */
export type Reading =
  | {
      kind: "tasks";
      tasks: Task[] /** It answers what was asked, or at least tries to. */;
      answers: boolean /** Set when the try told nothing that was asked. */;
      unclear?: boolean;
    }
  | { kind: "drop"; task: Task }
  | { kind: "recall"; row: Record<string, unknown>; noun: string; columns: string[] }
  | { kind: "fact"; sentences: string[] }
  | { kind: "fixed"; task: Task }
  /** Somebody else can do it, but it is not clear who. */
  | { kind: "which"; colleagues: ToolFacts[] }
  | { kind: "chat"; topic: Topic }
  | { kind: "lost" };
