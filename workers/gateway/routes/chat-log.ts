import * as z from "zod";
import { appError } from "#base/app-error";
import { chatEvents, eventsQuery } from "#protocol/api/chat";
import { errorBody } from "#protocol/errors";
import { id } from "#protocol/ids";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import type { Ctx } from "../call.ts";
import { findOwnChat } from "../find-own-chat.ts";
import { readLog, readUiMessages } from "../read-log.ts";
import { route, routes } from "../route.ts";
import { seeEnterprise } from "../see-enterprise.ts";
import { sessionOpenOf } from "../session-open-of.ts";
import { type Streamed, streamLog } from "../stream-log.ts";
import { wantsStream } from "../wants-stream.ts";

const uiMessages = z.object({
  items: z.array(
    z.looseObject({ id: z.string(), role: z.string(), parts: z.array(z.looseObject({ type: z.string() })) }),
  ),
  next_cursor: z.string().nullable(),
});

export const chatLogRoutes = routes();

chatLogRoutes.openapi(
  route({
    method: "get",
    path: "/api/chats/{enterprise_id}/{chat_id}/events",
    tags: ["Chats"],
    summary: "A chat's log",
    description:
      "As JSON, or live with `Accept: text/event-stream`: an event a frame, its `id` the frame's `seq`; `Last-Event-ID` " +
      "resumes. Streams end after 15 minutes, or earlier, and are taken up again the same way. `dialect=ui-message` gives AI SDK " +
      "UI messages: as JSON the history as `UIMessage[]`, as a stream the chunks of one run; `dialect=ag-ui` the events of " +
      "one run of AG-UI, as a stream only. A stream in a dialect without `after` is the run that is going on, from its " +
      "beginning; 204 if there is none. An `EventSource` may give a chat token as query `access_token`.",
    access: "chat",
    request: { params: z.object({ enterprise_id: id, chat_id: id }), query: eventsQuery },
    responses: {
      200: {
        description: "Frames beyond `after`",
        content: {
          "application/json": { schema: z.union([chatEvents, uiMessages]) },
          "text/event-stream": { schema: z.string() },
        },
      },
      204: { description: "No run is going on" },
      default: { description: "An error", content: { "application/json": { schema: errorBody } } },
    },
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const { after, limit, dialect } = c.req.valid("query");
    const seen = await seeEnterprise(c, enterprise_id);
    const chat = await findOwnChat(c, seen, chat_id);
    const open = sessionOpenOf(seen, chat, c.var.principal);
    const { env } = c.env.deps;
    if (!wantsStream(c)) {
      if (dialect === "ag-ui") throw issue("accept", "AG-UI events come as text/event-stream only.");
      if (dialect === "ui-message") return c.json(await readUiMessages(env, open, after ?? -1), 200);
      return c.json(await readLog(env, open, after ?? -1, limit), 200);
    }
    if (dialect === undefined) return streamLog(c, { open, after: lastEventId(c) ?? after ?? -1 });
    if (after !== undefined) return streamLog(c, { open, after, dialect });
    const run = await chatSessionFor(env, enterprise_id, chat_id).runUnderWay();
    if (run === null) return c.body(null, 204);
    const from = dialect === "ui-message" ? run.first : run.latest;
    const asked: Streamed = { open, after: from - 1, dialect, endsBeyond: run.last_seq };
    return streamLog(c, asked);
  },
);

function issue(path: string, message: string) {
  return appError("BAD_REQUEST", { issues: [{ path, message }] });
}

/** What a browser sends when it comes back to a stream. Error: BAD_REQUEST. */
function lastEventId(c: Ctx): number | undefined {
  const header = c.req.header("last-event-id");
  if (header === undefined || header === "") return undefined;
  if (!/^\d{1,15}$/.test(header)) throw issue("Last-Event-ID", "must be the seq of a frame");
  return Number(header);
}
