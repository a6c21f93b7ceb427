import type { StartedChat } from "#protocol/api/chat";
import type { DownData, DownFrame } from "#protocol/frames/down";
import { refuse } from "../launch/refusal.mjs";
import { answerCard } from "./answer-card.ts";
import type { Creator } from "./creator.ts";
import type { Show } from "./show.ts";
import { inWords, tellTool } from "./tell-tool.ts";

export type TurnUsage = { input: number; output: number; costNano: bigint };
export type Chat = { say(text: string): Promise<TurnUsage>; close(): void };

const TURN_TIMEOUT_MS = 60_000;

/** Starts a chat and opens its socket, as any program would. Every turn is shown while it streams. */
export async function openChat(
  creator: Creator,
  enterprise: string,
  workflow: string,
  show: Show,
): Promise<Chat> {
  const started = await creator.call<StartedChat>("POST", `/api/chats/${enterprise}/${workflow}/start`, {
    force_new: true,
  });
  const { access_token } = await creator.call<{ access_token: string }>("POST", "/api/chats/token", {
    enterprise_id: enterprise,
    chat_id: started.chat_id,
  });
  const secret = Buffer.from(access_token).toString("base64url");
  const socket = new WebSocket(started.websocket_url, ["mozaiks.bearer.v1", secret]);
  let onFrame: (frame: DownFrame) => void = () => {};
  let onEnd: (reason: string) => void = () => {};
  socket.addEventListener("message", ({ data }) => onFrame(JSON.parse(String(data)) as DownFrame));
  socket.addEventListener("close", ({ code, reason }) => onEnd(`the socket closed (${code} ${reason})`));
  const send = (type: string, data: unknown) => socket.send(JSON.stringify({ type, data }));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`no socket at ${started.websocket_url}`)));
  });

  const say = (text: string) =>
    new Promise<TurnUsage>((resolve, reject) => {
      const usage: TurnUsage = { input: 0, output: 0, costNano: 0n };
      let card: DownData<"chat.tool_call"> | null = null;
      const timer = setTimeout(() => onEnd("it took too long"), TURN_TIMEOUT_MS);
      const finish = (act: () => void) => {
        clearTimeout(timer);
        onFrame = onEnd = () => {};
        act();
      };
      onEnd = (reason) => finish(() => reject(new Error(`The turn did not end: ${reason}.`)));
      onFrame = (frame) => {
        showFrame(frame, show);
        if (frame.type === "chat.usage_delta") add(usage, frame.data);
        if (frame.type === "chat.tool_call" && frame.data.awaiting_response) card = frame.data;
        if (frame.type === "ack.tool_call_response" && frame.data.status === "rejected") {
          finish(() =>
            reject(new Error(`The card took no answer: ${frame.data.reason ?? "no reason given"}.`)),
          );
        }
        if (frame.type === "chat.error") finish(() => reject(new Error(frame.data.message)));
        if (frame.type !== "chat.run_complete") return;
        if (frame.data.status === "paused" && card) {
          const response = answerCard(card.payload.response_schema);
          show.person(inWords(response));
          send("tool_call_response", { tool_call_id: card.tool_call_id, response });
          card = null;
          return;
        }
        finish(() => resolve(usage));
      };
      send("user.input.submit", { text, client_message_id: crypto.randomUUID() });
    });
  return {
    say: (text) => say(text).catch((error: Error) => refuse(error.message)),
    close: () => socket.close(1000),
  };
}

function showFrame(frame: DownFrame, show: Show): void {
  if (frame.type === "chat.select_speaker") show.speaker(frame.data.title ?? frame.data.agent);
  if (frame.type === "chat.stream_chunk") show.chunk(frame.data.content);
  if (frame.type === "chat.stream_end") show.endOfReply();
  if (frame.type === "chat.tool_call") for (const line of tellTool(frame.data)) show.note(line);
}

function add(usage: TurnUsage, delta: DownData<"chat.usage_delta">): void {
  usage.input += delta.input_tokens;
  usage.output += delta.output_tokens;
  usage.costNano += BigInt(delta.cost_nano ?? "0");
}
