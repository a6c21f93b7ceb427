import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Clock } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Egress } from "#egress/guarded-fetch";
import type { Knowledge } from "#knowledge/knowledge";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tables } from "#tables/tables";
import type { Meter } from "./meter.ts";
import type { planCall } from "./tools/plan-call.ts";

/** The platform's own fetch, the hosts that are the platform itself, and those that the operator exempts. */
export type Outside = Pick<Egress, "fetch"> & Pick<Egress["policy"], "own" | "exempt">;

/** All a run needs from outside. `user` is the person who chats: tools act as them, and CEL knows their roles in the app. */
export type RunDeps = {
  files: AppFiles;
  chat_id: string;
  user: { id: string; name: string; roles?: readonly string[] };
  /** The platform's model of a name like `offline/mozaiks-1`, or null if there is none. Error: MODELS_INVALID. */
  resolveModel: (name: string) => LanguageModelV4 | null | Promise<LanguageModelV4 | null>;
  /** The way out to models at addresses that the app's owner chose: it must not lead into private networks. */
  modelFetch: typeof fetch;
  /** Chance, from 0 to below 1. */
  random: () => number;
  meter: Meter;
  tables: Tables;
  knowledge: Knowledge;
  /** What was attached in this chat, as bytes; null where it can't be had. */
  attached: (attachmentId: string) => Promise<Uint8Array | null>;
  /** A secret of the app by name; null where there is none. Its value goes nowhere but out to where it is for. */
  secret: (name: string) => Promise<string | null>;
  /** The way out for tools, or null where nothing may leave: there they answer by their examples. */
  outside: Outside | null;
  /** Variables as CEL sees them, while a tool is planned. */
  vars?: Record<string, unknown>;
  /** What a call would do, where that is not worked out from the app's own data: in a replay. */
  plan?: typeof planCall;
  clock: Clock;
  newId: NewId;
  /** Aborts the model call. The run then ends `cancelled`, with what was used settled. */
  signal: AbortSignal;
  /** Resolves after that many milliseconds, or as soon as `until` aborts. */
  wait: (ms: number, until: AbortSignal) => Promise<void>;
};
