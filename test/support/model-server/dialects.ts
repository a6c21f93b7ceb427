/** What a model answers, before it is put into a provider's format. */
export type Said = {
  reasoning?: string[];
  text?: string[];
  calls?: { name: string; args: string }[];
  /** False: the last frame with the figures never comes. */
  usage?: boolean;
};

export const DIALECTS = ["chat", "responses", "messages", "gemini"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** What every complete answer says it used. */
export const USED = { input: 40, cached: 8, output: 12 };

/** Which format a path of a provider's API speaks. */
export function dialectOf(path: string): Dialect | null {
  if (path.endsWith("/chat/completions")) return "chat";
  if (path.endsWith("/responses")) return "responses";
  if (path.endsWith("/messages")) return "messages";
  return path.includes(":streamGenerateContent") ? "gemini" : null;
}

/** The answer as the frames of a stream, as the provider of that format sends them. */
export function framesOf(dialect: Dialect, said: Said): string[] {
  return WRITERS[dialect](said).map((event) => {
    if (typeof event === "string") return `data: ${event}\n\n`;
    const name = dialect === "messages" ? `event: ${event.type}\n` : "";
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
}

type Event = Record<string, unknown> | string;
const WRITERS: Record<Dialect, (said: Said) => Event[]> = { chat, responses, messages, gemini };

/** OpenAI's chat completions (platform.openai.com/docs/api-reference/chat-streaming). */
function chat({ reasoning = [], text = [], calls = [], usage = true }: Said): Event[] {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_760_000_000,
    model: "m",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const figures = {
    prompt_tokens: USED.input,
    completion_tokens: USED.output,
    total_tokens: USED.input + USED.output,
    prompt_tokens_details: { cached_tokens: USED.cached },
  };
  return [
    chunk({ role: "assistant", content: "" }),
    ...reasoning.map((piece) => chunk({ reasoning_content: piece })),
    ...text.map((content) => chunk({ content })),
    ...calls.map(({ name, args }, index) =>
      chunk({
        tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name, arguments: args } }],
      }),
    ),
    chunk({}, calls.length > 0 ? "tool_calls" : "stop"),
    ...(usage ? [{ ...chunk({}), choices: [], usage: figures }] : []),
    "[DONE]",
  ];
}

/** OpenAI's Responses API (platform.openai.com/docs/api-reference/responses-streaming). */
function responses({ text = [], calls = [], usage = true }: Said): Event[] {
  const response = { id: "resp_1", object: "response", created_at: 1_760_000_000, model: "m" };
  const figures = {
    input_tokens: USED.input,
    input_tokens_details: { cached_tokens: USED.cached },
    output_tokens: USED.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: USED.input + USED.output,
  };
  const at = { output_index: 0, item_id: "msg_1", content_index: 0 };
  const message = { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [] };
  const spoken = [
    { type: "response.output_item.added", output_index: 0, item: message },
    ...text.map((delta) => ({ type: "response.output_text.delta", ...at, delta, logprobs: [] })),
    { type: "response.output_item.done", output_index: 0, item: message },
  ];
  return [
    { type: "response.created", response: { ...response, status: "in_progress" } },
    ...(text.length > 0 ? spoken : []),
    ...calls.flatMap(({ name, args }, index) => {
      const item = { type: "function_call", id: `fc_${index}`, call_id: `call_${index}`, name };
      const place = { output_index: index + 1, item_id: item.id };
      return [
        { type: "response.output_item.added", ...place, item: { ...item, arguments: "" } },
        { type: "response.function_call_arguments.delta", ...place, delta: args },
        {
          type: "response.output_item.done",
          ...place,
          item: { ...item, arguments: args, status: "completed" },
        },
      ];
    }),
    {
      type: "response.completed",
      response: { ...response, status: "completed", ...(usage ? { usage: figures } : {}) },
    },
  ];
}

/** Anthropic's Messages API (platform.claude.com/docs/en/build-with-claude/streaming). */
function messages({ reasoning = [], text = [], calls = [], usage = true }: Said): Event[] {
  const blocks = [
    ...(reasoning.length > 0
      ? [
          {
            content_block: { type: "thinking", thinking: "", signature: "" },
            deltas: reasoning.map((thinking) => ({ type: "thinking_delta", thinking })),
          },
        ]
      : []),
    ...(text.length > 0
      ? [
          {
            content_block: { type: "text", text: "" },
            deltas: text.map((piece) => ({ type: "text_delta", text: piece })),
          },
        ]
      : []),
    ...calls.map(({ name, args }, n) => ({
      content_block: { type: "tool_use", id: `toolu_${n}`, name, input: {} },
      deltas: [{ type: "input_json_delta", partial_json: args }],
    })),
  ];
  const first = {
    input_tokens: USED.input - USED.cached,
    cache_read_input_tokens: USED.cached,
    output_tokens: 1,
  };
  return [
    {
      type: "message_start",
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "m",
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: usage ? first : { input_tokens: 0, output_tokens: 0 },
      },
    },
    ...blocks.flatMap(({ content_block, deltas }, index) => [
      { type: "content_block_start", index, content_block },
      ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
      { type: "content_block_stop", index },
    ]),
    {
      type: "message_delta",
      delta: { stop_reason: calls.length > 0 ? "tool_use" : "end_turn", stop_sequence: null },
      usage: { output_tokens: usage ? USED.output : 0 },
    },
    { type: "message_stop" },
  ];
}

/** Google's Gemini API (ai.google.dev/api/generate-content). */
function gemini({ text = [], calls = [], usage = true }: Said): Event[] {
  const figures = {
    promptTokenCount: USED.input,
    cachedContentTokenCount: USED.cached,
    candidatesTokenCount: USED.output,
    totalTokenCount: USED.input + USED.output,
  };
  const parts = [
    ...text.map((piece) => ({ text: piece })),
    ...calls.map(({ name, args }) => ({ functionCall: { name, args: JSON.parse(args) as unknown } })),
  ];
  return [
    ...parts.map((part) => ({ candidates: [{ index: 0, content: { role: "model", parts: [part] } }] })),
    {
      candidates: [{ index: 0, content: { role: "model", parts: [{ text: "" }] }, finishReason: "STOP" }],
      ...(usage ? { usageMetadata: figures } : {}),
    },
  ];
}
