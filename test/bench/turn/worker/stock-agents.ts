import { AIChatAgent } from "@cloudflare/ai-chat";
import { convertToModelMessages, streamText, type UIMessage } from "ai";
import { benchModel } from "./bench-model.ts";

/** The peer as its README shows it. */
export class StockAgent extends AIChatAgent {
  /** A conversation that has been: its messages are stored as the agent stores them. */
  override async onRequest(request: Request): Promise<Response> {
    await this.persistMessages((await request.json()) as UIMessage[]);
    return new Response(null, { status: 204 });
  }

  override async onChatMessage(): Promise<Response> {
    const messages = await convertToModelMessages(this.messages);
    return streamText({ model: benchModel(), messages }).toUIMessageStreamResponse();
  }
}

/** The same peer without `streamText`: the model's pieces written as UI-message events by hand. */
export class FedAgent extends AIChatAgent {
  override async onChatMessage(): Promise<Response> {
    const prompt = await convertToModelMessages(this.messages);
    const { stream } = await benchModel().doStream({ prompt: prompt as never });
    return new Response(stream.pipeThrough(uiMessageEvents()), {
      headers: { "content-type": "text/event-stream" },
    });
  }
}

type Part = { type: string; id?: string; delta?: string };

function uiMessageEvents(): TransformStream<Part, Uint8Array> {
  const encoder = new TextEncoder();
  const event = (data: object) => encoder.encode(`data: ${JSON.stringify(data)}\n\n`);
  return new TransformStream<Part, Uint8Array>({
    transform(part, controller) {
      if (part.type === "stream-start") controller.enqueue(event({ type: "start" }));
      if (part.type === "text-start" || part.type === "text-end" || part.type === "text-delta")
        controller.enqueue(event(part));
      if (part.type === "finish") controller.enqueue(event({ type: "finish" }));
    },
  });
}
