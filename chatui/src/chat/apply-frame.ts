import type { DownData, DownFrame } from "#protocol/frames/down";
import { rewind } from "./apply-rewind.ts";
import { addUsage, isStillTrueAfterACall, scopeOf, usageOf, withAlert } from "./apply-spending.ts";
import type { ChatItem, ChatState, NoticeItem, ToolItem } from "./chat-state.ts";

/** The chat after one more frame. Rows of the log it already has change nothing; unknown types are ignored. */
export function applyFrame(state: ChatState, frame: DownFrame): ChatState {
  if (frame.seq === undefined) return applyData(state, frame);
  if (frame.seq <= state.lastSeq) return state;
  const modelBusy = state.modelBusy && isOfAnother(frame);
  return { ...applyData(state, frame), modelBusy, lastSeq: frame.seq };
}

/** A message of the person says nothing of the run that is going on. */
function isOfAnother(frame: DownFrame): boolean {
  return frame.type === "chat.text" && frame.data.role === "user";
}

function applyData(state: ChatState, frame: DownFrame): ChatState {
  switch (frame.type) {
    case "chat_meta":
      return {
        ...state,
        workflow: frame.data.workflow_name,
        running: frame.data.status === "running",
        modelBusy: false,
        caughtUp: state.caughtUp || frame.data.last_seq <= state.lastSeq,
      };
    case "chat.input_ack":
      return acknowledge(state, frame.data);
    case "ack.tool_call_response":
      return answerAcknowledged(state, frame.data);
    case "chat.run_start":
      return {
        ...state,
        running: true,
        runId: frame.data.run_id,
        alerts: state.alerts.filter(({ scope }) => scope !== "turn"),
      };
    case "chat.run_status":
      return { ...state, modelBusy: state.running };
    case "chat.select_speaker":
      return selectSpeaker(state, frame.data, frame.seq);
    case "chat.text":
      return addText(state, frame.data, frame.agent);
    case "chat.stream_chunk":
      return addChunk(state, frame.data, frame.agent);
    case "chat.stream_end":
      return endStream(state, frame.data, frame.agent);
    case "chat.tool_call":
      return addTool(state, frame);
    case "chat.tool_progress":
      return onTool(state, frame.data.tool_call_id, (tool) => ({
        ...tool,
        steps: addStep(tool, frame.data),
      }));
    case "chat.tool_response":
      return onTool(state, frame.data.tool_call_id, (tool) => ({
        ...tool,
        awaiting: false,
        outcome: { status: frame.data.status, success: frame.data.success, content: frame.data.content },
      }));
    case "chat.usage_delta":
      return {
        ...state,
        usage: addUsage(state.usage, frame.data),
        alerts: state.alerts.filter(isStillTrueAfterACall),
      };
    case "chat.usage_summary":
      return { ...state, usage: usageOf(frame.data) };
    case "chat.token_budget_alert":
      return { ...state, alerts: withAlert(state.alerts, frame) };
    case "chat.run_complete":
      return completeRun(state, frame.data);
    case "chat.rewind":
      return rewind(state, frame.data);
    case "chat.operator_joined":
      return notice(state, `operator-${frame.seq}`, "joined", frame.data.operator);
    case "chat.operator_left":
      return notice(state, `operator-${frame.seq}`, "left", frame.data.operator);
    case "chat.resume_boundary":
      return { ...state, caughtUp: frame.data.gap !== true };
    case "chat.error":
      return add(state, {
        kind: "error",
        id: `error-${frame.seq ?? `${frame.data.request_id}-${state.items.length}`}`,
        code: frame.data.code,
        message: frame.data.message,
        retryable: frame.data.retryable,
        scope: scopeOf(frame.data.details),
      });
    default:
      return state;
  }
}

/** Below all but what this page is still sending: that will be said after it. */
function add(state: ChatState, item: ChatItem): ChatState {
  const end = state.items.findLastIndex((it) => !(it.kind === "user" && it.sending)) + 1;
  return { ...state, items: state.items.toSpliced(end, 0, item) };
}

function replace(state: ChatState, index: number, item: ChatItem): ChatState {
  return { ...state, items: state.items.with(index, item) };
}

function notice(state: ChatState, id: string, says: NoticeItem["says"], who = ""): ChatState {
  return add(state, { kind: "notice", id, says, who });
}

function acknowledge(state: ChatState, data: DownData<"chat.input_ack">): ChatState {
  const index = state.items.findIndex(
    (item) => item.kind === "user" && item.clientId === data.client_message_id,
  );
  const item = state.items[index];
  if (!data.client_message_id || item?.kind !== "user") return state;
  return replace(state, index, { ...item, sending: false, refused: undefined });
}

function answerAcknowledged(state: ChatState, data: DownData<"ack.tool_call_response">): ChatState {
  return onTool(state, data.tool_call_id, (tool) =>
    tool.answer ? { ...tool, answer: { ...tool.answer, status: data.status, reason: data.reason } } : tool,
  );
}

/** The agent's title is shown when the speaker changes, not when the first one starts. */
function selectSpeaker(
  state: ChatState,
  { agent, title }: DownData<"chat.select_speaker">,
  seq: number | undefined,
): ChatState {
  if (agent === state.speaker) return state;
  const titles = title ? { ...state.titles, [agent]: title } : state.titles;
  const next = { ...state, titles, speaker: agent };
  return state.speaker === null ? next : notice(next, `speaker-${seq}`, "takes_over", titles[agent] ?? agent);
}

/** A person's name is a title of its own: it is shown as it is. */
function withName(state: ChatState, name: string | undefined): ChatState {
  return name === undefined ? state : { ...state, titles: { ...state.titles, [name]: name } };
}

/** The server's copy of a message this page sent takes the place of the page's own. */
function addText(state: ChatState, data: DownData<"chat.text">, agent: string | undefined): ChatState {
  if (data.role === "system") return notice(state, data.message_id, "told", data.content);
  if (data.role === "assistant")
    return add(withName(state, data.operator), {
      kind: "text",
      id: data.message_id,
      messageId: data.message_id,
      agent: data.operator ?? agent,
      text: data.content,
      streaming: false,
      interrupted: false,
    });
  const item: ChatItem = {
    kind: "user",
    id: data.message_id,
    messageId: data.message_id,
    text: data.content,
    attachments: data.attachments,
    clientId: data.client_message_id,
    sending: false,
  };
  const own = state.items.findIndex(
    (it) =>
      it.kind === "user" &&
      (it.id === data.message_id || (it.clientId !== undefined && it.clientId === data.client_message_id)),
  );
  if (own < 0) return add(state, item);
  const before = state.items[own] as typeof item;
  return replace(state, own, { ...item, id: before.id, clientId: before.clientId });
}

function addChunk(
  state: ChatState,
  data: DownData<"chat.stream_chunk">,
  agent: string | undefined,
): ChatState {
  const index = state.items.findIndex((item) => item.kind === "text" && item.id === data.stream_id);
  const item = state.items[index];
  if (item?.kind === "text") return replace(state, index, { ...item, text: item.text + data.content });
  return add(state, {
    kind: "text",
    id: data.stream_id,
    agent,
    text: data.content,
    streaming: true,
    interrupted: false,
  });
}

/** The full text replaces its chunks; an end with no text and no chunks leaves nothing. */
function endStream(
  state: ChatState,
  data: DownData<"chat.stream_end">,
  agent: string | undefined,
): ChatState {
  const index = state.items.findIndex((item) => item.kind === "text" && item.id === data.stream_id);
  const ended: ChatItem = {
    kind: "text",
    id: data.stream_id,
    messageId: data.message_id,
    agent,
    text: data.content,
    streaming: false,
    interrupted: data.interrupted ?? false,
  };
  if (index < 0) return data.content === "" ? state : add(state, ended);
  return replace(state, index, ended);
}

/**
 * A call that is shown again before its outcome, as a build is when its plan waits for a yes, moves to where it
 * is shown now and keeps its steps.
 */
function addTool(state: ChatState, frame: Extract<DownFrame, { type: "chat.tool_call" }>): ChatState {
  const { data, agent } = frame;
  const before = state.items.find((it) => it.kind === "tool" && it.id === data.tool_call_id && !it.outcome);
  const items = before ? state.items.filter((it) => it !== before) : state.items;
  const tool: ToolItem = {
    kind: "tool",
    id: data.tool_call_id,
    key: `tool-${frame.seq ?? data.tool_call_id}`,
    agent,
    name: data.tool_name,
    interaction: data.interaction_type,
    component: data.component_type,
    payload: data.payload,
    awaiting: data.awaiting_response,
    steps: before?.kind === "tool" ? before.steps : [],
  };
  return add({ ...state, items }, tool);
}

function onTool(state: ChatState, id: string, change: (tool: ToolItem) => ToolItem): ChatState {
  const index = state.items.findLastIndex((item) => item.kind === "tool" && item.id === id);
  const tool = state.items[index];
  return tool?.kind === "tool" ? replace(state, index, change(tool)) : state;
}

function addStep(
  tool: ToolItem,
  { step, status, detail, value, max }: DownData<"chat.tool_progress">,
): ToolItem["steps"] {
  const next = { name: step, status, detail, value, max };
  const index = tool.steps.findIndex((it) => it.name === step);
  return index < 0 ? [...tool.steps, next] : tool.steps.with(index, next);
}

/** A failed run has said why in `chat.error`; a cancelled one says so here. No text streams on after its run. */
function completeRun(state: ChatState, data: DownData<"chat.run_complete">): ChatState {
  const items = state.items.map((item) =>
    item.kind === "text" && item.streaming ? { ...item, streaming: false, interrupted: true } : item,
  );
  const ended = { ...state, items, running: false, runId: null, runsEnded: state.runsEnded + 1 };
  return data.status === "cancelled" ? notice(ended, `cancelled-${data.run_id}`, "stopped") : ended;
}
