import { worker } from "#test/workers/gateway/client";

export type ServerEvent = { id: string | null; data: string };

/** A stream of server-sent events through the real Worker, read as its test asks: no faster. */
export async function openEvents(
  path: string,
  ask: { token?: string; headers?: Record<string, string>; json?: unknown } = {},
) {
  const headers = new Headers({ accept: "text/event-stream", ...ask.headers });
  if (ask.token !== undefined) headers.set("authorization", `Bearer ${ask.token}`);
  if (ask.json !== undefined) headers.set("content-type", "application/json");
  const init: RequestInit =
    ask.json === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(ask.json) };
  const response = await worker.fetch(new Request(`http://localhost:8787${path}`, init));
  if (response.status !== 200 || !response.body)
    return {
      response,
      status: response.status,
      next: async () => null,
      all: async () => [],
      leave: async () => undefined,
    };
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  async function next(): Promise<ServerEvent | null> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((it) => it.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field("data");
        if (data === undefined) continue;
        return { id: field("id") ?? null, data };
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += value;
    }
  }
  return {
    response,
    status: 200,
    next,
    /** To the end of the stream. */
    async all(): Promise<ServerEvent[]> {
      const events: ServerEvent[] = [];
      for (let it = await next(); it; it = await next()) events.push(it);
      return events;
    },
    leave: () => reader.cancel(),
  };
}
