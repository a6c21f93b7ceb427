import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tables } from "#tables/tables";
import type { Meter } from "./meter.ts";

/** All a run needs from outside. `user` is the person who chats: tools act as them. */
export type RunDeps = {
  files: AppFiles;
  chat_id: string;
  user: { id: string; name: string };
  /** The model of a name like `offline/mozaiks-1`, or null if there is none. */
  resolveModel: (name: string) => LanguageModelV4 | null;
  meter: Meter;
  tables: Tables;
  /** A secret of the app by name; null where there is none. Its value goes nowhere but out to where it is for. */
  secret: (name: string) => Promise<string | null>;
  clock: Clock;
  newId: NewId;
  /** Aborts the model call. The run then ends `cancelled`, with what was used settled. */
  signal: AbortSignal;
  /** Resolves after that many milliseconds, or as soon as `until` aborts. */
  wait: (ms: number, until: AbortSignal) => Promise<void>;
};
