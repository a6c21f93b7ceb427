import { asSchema, readUIMessageStream, type UIMessage, type UIMessageChunk, uiMessageChunkSchema } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type UiChunk, uiMessageChunks } from "#chats/dialects/ui-message";
import { uiMessages } from "#chats/dialects/ui-messages";
import type { DownFrame } from "#protocol/frames/down";
import { foldedLog, liveLog, story } from "./logs.ts";

/** Chunks of each message, from its `start` to the next one's. */
function byMessage(frames: DownFrame[]): Map<string, UiChunk[]> {
  const chunks = uiMessageChunks();
  const messages = new Map<string, UiChunk[]>();
  let id = "";
  for (const chunk of frames.flatMap((frame) => chunks(frame))) {
    if (chunk.type === "start") id = String(chunk.messageId);
    messages.set(id, [...(messages.get(id) ?? []), chunk]);
  }
  return messages;
}

/** What the SDK makes of them. It throws at a chunk that fits nothing before it. */
async function readBySdk(chunks: UiChunk[]): Promise<UIMessage | undefined> {
  const schema = asSchema(uiMessageChunkSchema);
  const checked: UIMessageChunk[] = [];
  for (const chunk of chunks) {
    const parsed = await schema.validate?.(JSON.parse(JSON.stringify(chunk)));
    if (!parsed?.success) throw new Error(`no chunk: ${JSON.stringify(chunk)}`);
    // The SDK ends reading at an error: what is looked at here is the message.
    if (parsed.value.type !== "error") checked.push(parsed.value);
  }
  let message: UIMessage | undefined;
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of checked) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const state of readUIMessageStream({ stream, terminateOnError: true })) message = state;
  return message;
}

const textOf = (message: { parts: { type: string }[] } | undefined) =>
  message?.parts
    .flatMap((part) => (part.type === "text" ? [(part as { text?: string }).text ?? ""] : []))
    .join("");
const toolsOf = (message: { parts: { type: string }[] } | undefined) =>
  message?.parts
    .filter(({ type }) => type === "dynamic-tool")
    .map((part) => {
      const { toolCallId, state } = part as unknown as { toolCallId: string; state: string };
      return { toolCallId, state };
    });

test("any log makes chunks the SDK takes, the same message live, read later and as history", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (runs) => {
      const live = liveLog(runs);
      const [now, later] = [byMessage(live), byMessage(foldedLog(live))];
      const history = uiMessages(foldedLog(live));
      expect([...now.keys()]).toEqual(runs.map((_, index) => `run_${index}`));
      for (const [id, chunks] of now) {
        const message = await readBySdk(chunks);
        const folded = await readBySdk(later.get(id) ?? []);
        expect(textOf(folded)).toBe(textOf(message));
        expect(toolsOf(folded)).toEqual(toolsOf(message));
        const kept = history.find((it) => it.id === id);
        expect(textOf(kept)).toBe(textOf(message));
        expect(toolsOf(kept)).toEqual(toolsOf(message));
      }
    }),
    { numRuns: 60 },
  );
});

test("a reader who missed the first pieces gets the rest of the text, once", () => {
  const chunks = uiMessageChunks();
  const log = liveLog([
    { steps: [{ do: "say", pieces: ["Hel", "lo ", "Ann"] }], end: "completed", queued: false },
  ]);
  const slow = log.filter(
    ({ type, data }) => type !== "chat.stream_chunk" || (data as { chunk_seq: number }).chunk_seq === 0,
  );
  const deltas = slow.flatMap((frame) => chunks(frame)).filter(({ type }) => type === "text-delta");
  expect(deltas.map(({ delta }) => delta)).toEqual(["Hel", "lo Ann"]);
});
