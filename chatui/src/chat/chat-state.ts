import type { Attachment } from "#protocol/attachment";
import type { DownData } from "#protocol/frames/down";

/** Why the server took no message, by code and in its own sentence; `retryable` if the same one may be taken later. */
export type Refusal = { code: string; message: string; retryable: boolean };

/**
 * A message of the person; `sending` until the server has it in its log. One that was refused and is still
 * `sending` is tried again by itself; one that is not is left to the person.
 */
export type UserItem = {
  kind: "user";
  id: string;
  text: string;
  attachments?: Attachment[];
  clientId?: string;
  /** Its id in the log, once it is there. */
  messageId?: string;
  /** The message whose place it is to take. */
  edits?: string;
  sending: boolean;
  refused?: Refusal;
};

/** What an agent says; `streaming` while the text still grows. */
export type TextItem = {
  kind: "text";
  id: string;
  /** Its id in the log, once it is whole. */
  messageId?: string;
  agent?: string;
  text: string;
  streaming: boolean;
  interrupted: boolean;
};

export type Outcome = Pick<DownData<"chat.tool_response">, "status" | "success" | "content">;

export type StepStatus = DownData<"chat.tool_progress">["status"];
export type Step = { name: string; status: StepStatus; detail?: string; value?: number; max?: number };

/** A tool call: a line when it runs by itself, a card while it waits for the person. */
export type ToolItem = {
  kind: "tool";
  /** The call's id, which a later call may bear again. */
  id: string;
  /** Names this item alone. */
  key: string;
  agent?: string;
  name: string;
  interaction: DownData<"chat.tool_call">["interaction_type"];
  component: string | null;
  payload: Record<string, unknown>;
  awaiting: boolean;
  steps: Step[];
  outcome?: Outcome;
  /** What this page answered: on its way, taken, or refused with a reason. */
  answer?: { status: "sending" | "accepted" | "rejected"; response: unknown; reason?: string };
};

/** Whether a call is the team's: then the person gets no buttons. */
export function isForTeam({ payload }: ToolItem): boolean {
  return payload.waits_for === "team";
}

export type ErrorItem = {
  kind: "error";
  id: string;
  code: string;
  message: string;
  retryable: boolean;
  /** The limit that refused, where one did: `user_day`, `chat`, … */
  scope?: string;
};

/** Something that happened to the chat. `who`: the operator or agent; of what was `told`, the whole text. */
export type NoticeItem = {
  kind: "notice";
  id: string;
  says: "joined" | "left" | "takes_over" | "stopped" | "told";
  who: string;
};

export type ChatItem = UserItem | TextItem | ToolItem | ErrorItem | NoticeItem;

/** The newest `chat.usage_summary` and every `chat.usage_delta` since; `costNano` is null until a cost is shown. */
export type ChatUsage = {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  costNano: bigint | null;
};

/** A part of a budget is used up: `threshold` percent of the limit of this scope, as of `at` (ISO 8601). */
export type BudgetAlert = { scope: string; threshold: number; at: string };

/** Everything a chat's page shows, made from the frames of its log alone. */
export type ChatState = {
  /** The newest row of the log this page has; −1 for none. */
  lastSeq: number;
  items: ChatItem[];
  running: boolean;
  runId: string | null;
  /** Runs whose end this page has read. */
  runsEnded: number;
  /** The run waits for a model that gave no answer. */
  modelBusy: boolean;
  /** The log has been read up to where it stood when the page connected. */
  caughtUp: boolean;
  workflow: string | null;
  speaker: string | null;
  /** Titles of agents, by name. */
  titles: Record<string, string>;
  usage: ChatUsage;
  /** One a scope: the newest. */
  alerts: readonly BudgetAlert[];
};

export const EMPTY_CHAT: ChatState = {
  lastSeq: -1,
  items: [],
  running: false,
  runId: null,
  runsEnded: 0,
  modelBusy: false,
  caughtUp: false,
  workflow: null,
  speaker: null,
  titles: {},
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0, costNano: null },
  alerts: [],
};
