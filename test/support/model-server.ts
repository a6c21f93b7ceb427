import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a provider's server does with one request; the last one of a list repeats. */
export type Behaviour =
  /** Says this, in pieces, by its own protocol, and ends as it should. */
  | { say: string[]; calls?: { name: string; args: string }[]; usage?: boolean; cutAfter?: number }
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Takes the request and says nothing more. `begun`: after the headers. */
  | { hang: true; begun?: boolean }
  | { garbage: string }
  /** Says the same piece until nobody listens. */
  | { endless: string }
  /** Closes the line without a word. */
  | { reset: true };

export type ModelServer = Awaited<ReturnType<typeof modelServer>>;
type Asked = { path: string; headers: IncomingMessage["headers"]; body: Record<string, unknown> };

/**
 * A real HTTP server that streams as OpenAI's chat completions and responses, Anthropic's messages and Google's
 * `streamGenerateContent` do, by the path it is asked at. `asked` keeps what it was sent.
 */
export async function modelServer(behaviours: Behaviour[]) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const behaviour = behaviours[Math.min(asked.length, behaviours.length - 1)] ?? { status: 500 };
    const text = Buffer.concat(chunks).toString();
    asked.push({ path: request.url ?? "", headers: request.headers, body: text ? JSON.parse(text) : {} });
    await behave(request, response, behaviour);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    host: `127.0.0.1:${port}`,
    asked,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function behave(request: IncomingMessage, response: ServerResponse, it: Behaviour): Promise<void> {
  response.on("error", () => undefined);
  if ("reset" in it) return void request.socket.destroy();
  if ("status" in it) {
    response.writeHead(it.status, { "content-type": "application/json", ...it.headers });
    return void response.end(it.body ?? JSON.stringify({ error: { message: "no", type: "error" } }));
  }
  if ("hang" in it) {
    if (it.begun) response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  if ("garbage" in it) return void response.end(it.garbage);
  const events = eventsOf(request.url ?? "");
  if ("endless" in it) {
    response.write(events.open());
    while (!response.destroyed && (response.write(events.text(it.endless)) || (await drained(response))));
    return;
  }
  let sent = 0;
  const write = (event: string) => {
    if (it.cutAfter !== undefined && sent++ >= it.cutAfter) return false;
    response.write(event);
    return true;
  };
  const all = [
    events.open(),
    ...it.say.map((text) => events.text(text)),
    ...(it.calls ?? []).map((call, n) => events.call(call.name, call.args, n)),
    events.close(it.usage !== false, (it.calls?.length ?? 0) > 0),
  ];
  for (const event of all) if (!write(event)) return void request.socket.destroySoon();
  response.end();
}

async function drained(response: ServerResponse): Promise<boolean> {
  await Promise.race([once(response, "drain"), once(response, "close")]).catch(() => undefined);
  return true;
}

type Events = {
  open(): string;
  text(text: string): string;
  call(name: string, args: string, n: number): string;
  close(usage: boolean, calls: boolean): string;
};

function eventsOf(path: string): Events {
  if (path.includes("/chat/completions")) return OPENAI_CHAT;
  if (path.includes("/responses")) return OPENAI_RESPONSES;
  if (path.includes("/messages")) return ANTHROPIC;
  return GOOGLE;
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const named = (value: { type: string }) => `event: ${value.type}\n${data(value)}`;

/** https://platform.openai.com/docs/api-reference/chat/streaming */
const OPENAI_CHAT: Events = {
  open: () => chatChunk({ delta: { role: "assistant", content: "" } }),
  text: (content) => chatChunk({ delta: { content } }),
  call: (name, args, n) =>
    chatChunk({
      delta: {
        tool_calls: [{ index: n, id: `call_${n}`, type: "function", function: { name, arguments: args } }],
      },
    }),
  close: (usage, calls) =>
    chatChunk({ delta: {}, finish_reason: calls ? "tool_calls" : "stop" }) +
    (usage
      ? data({
          id: "c",
          object: "chat.completion.chunk",
          choices: [],
          usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
        })
      : "") +
    "data: [DONE]\n\n",
};

function chatChunk(choice: Record<string, unknown>): string {
  const choices = [{ index: 0, finish_reason: null, ...choice }];
  return data({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices });
}

/** https://platform.openai.com/docs/api-reference/responses-streaming */
const OPENAI_RESPONSES: Events = {
  open: () =>
    named({ type: "response.created", response: { id: "r", created_at: 1, model: "m" } } as never) +
    named({
      type: "response.output_item.added",
      output_index: 0,
      item: { type: "message", id: "msg", role: "assistant", content: [] },
    } as never),
  text: (delta) =>
    named({
      type: "response.output_text.delta",
      item_id: "msg",
      output_index: 0,
      content_index: 0,
      delta,
    } as never),
  call: (name, args, n) => {
    const item = { type: "function_call", id: `fc_${n}`, call_id: `call_${n}`, name };
    return (
      named({
        type: "response.output_item.added",
        output_index: n + 1,
        item: { ...item, arguments: "" },
      } as never) +
      named({
        type: "response.output_item.done",
        output_index: n + 1,
        item: { ...item, arguments: args, status: "completed" },
      } as never)
    );
  },
  close: (usage) =>
    named({
      type: "response.output_item.done",
      output_index: 0,
      item: { type: "message", id: "msg", role: "assistant", content: [] },
    } as never) +
    named({
      type: "response.completed",
      response: {
        id: "r",
        ...(usage
          ? {
              usage: {
                input_tokens: 11,
                input_tokens_details: { cached_tokens: 0 },
                output_tokens: 7,
                output_tokens_details: { reasoning_tokens: 0 },
                total_tokens: 18,
              },
            }
          : { usage: { input_tokens: 0, output_tokens: 0 } }),
      },
    } as never),
};

/** https://docs.anthropic.com/en/docs/build-with-claude/streaming */
const ANTHROPIC: Events = {
  open: () =>
    named({
      type: "message_start",
      message: {
        id: "m",
        type: "message",
        role: "assistant",
        model: "m",
        content: [],
        usage: { input_tokens: 11, output_tokens: 1 },
      },
    } as never) +
    named({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as never),
  text: (text) =>
    named({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } } as never),
  call: (name, args, n) =>
    named({
      type: "content_block_start",
      index: n + 1,
      content_block: { type: "tool_use", id: `toolu_${n}`, name, input: {} },
    } as never) +
    named({
      type: "content_block_delta",
      index: n + 1,
      delta: { type: "input_json_delta", partial_json: args },
    } as never) +
    named({ type: "content_block_stop", index: n + 1 } as never),
  close: (usage, calls) =>
    named({ type: "content_block_stop", index: 0 } as never) +
    named({
      type: "message_delta",
      delta: { stop_reason: calls ? "tool_use" : "end_turn", stop_sequence: null },
      usage: { output_tokens: usage ? 7 : 0 },
    } as never) +
    named({ type: "message_stop" }),
};

/** https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent */
const GOOGLE: Events = {
  open: () => "",
  text: (text) => data({ candidates: [{ content: { role: "model", parts: [{ text }] }, index: 0 }] }),
  call: (name, args) =>
    data({
      candidates: [
        { content: { role: "model", parts: [{ functionCall: { name, args: JSON.parse(args) } }] }, index: 0 },
      ],
    }),
  close: (usage) =>
    data({
      candidates: [{ content: { role: "model", parts: [] }, finishReason: "STOP", index: 0 }],
      ...(usage
        ? { usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 } }
        : {}),
    }),
};
