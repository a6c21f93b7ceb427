import * as z from "zod";
import { appError } from "#base/app-error";
import {
  agUiInput,
  chatInput,
  chatRating,
  chatStop,
  type Dialect,
  dialectQuery,
  done,
  takenAnswer,
  takenInput,
  toolCallAnswer,
} from "#protocol/api/chat";
import { MAX_TEXT_LENGTH } from "#protocol/frames/limits";
import { id } from "#protocol/ids";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { accepted } from "../answer-of.ts";
import type { Ctx } from "../call.ts";
import { findOwnChat } from "../find-own-chat.ts";
import { lookAtChat } from "../look-at-chat.ts";
import { openOwnChat } from "../open-own-chat.ts";
import { answers, jsonBody, orAppId, route, routes } from "../route.ts";
import { seeEnterprise } from "../see-enterprise.ts";
import { sessionOpenOf } from "../session-open-of.ts";
import { streamLog } from "../stream-log.ts";

const tags = ["Chats"];
const asPerson = z.object({ enterprise_id: id, chat_id: id, user_id: id });
const streamed =
  " With `dialect` the answer is a stream at once: the run that comes of it, in that dialect, as `…/events` gives it.";

/** A chat of the caller's own, whose id stands in the path too. Error: NOT_FOUND. */
async function ownChat(c: Ctx, path: { enterprise_id: string; chat_id: string; user_id?: string }) {
  const seen = await seeEnterprise(c, path.enterprise_id);
  if (path.user_id !== undefined && path.user_id !== c.var.principal.user_id) throw appError("NOT_FOUND");
  const chat = await findOwnChat(c, seen, path.chat_id);
  const open = sessionOpenOf(seen, chat, c.var.principal);
  return { open, session: chatSessionFor(c.env.deps.env, path.enterprise_id, path.chat_id) };
}

/** What comes of an input or answer, in a dialect. */
const streamAfter = (
  c: Ctx,
  open: Parameters<typeof streamLog>[1]["open"],
  after: number,
  dialect: Dialect,
) => streamLog(c, { open, after, dialect });

export const chatInputRoutes = routes();

chatInputRoutes.openapi(
  route({
    method: "post",
    path: "/chat/{enterprise_id}/{chat_id}/{user_id}/input",
    tags,
    summary: "Says something in a chat",
    description: `A chat that does not exist yet is made. The same \`client_message_id\` twice is one message.${streamed}`,
    access: "chat",
    creates: true,
    request: { params: asPerson, query: dialectQuery, body: jsonBody(chatInput) },
    responses: answers(202, takenInput, "The message is in the log"),
  }),
  async (c) => {
    const { enterprise_id, chat_id, user_id } = c.req.valid("param");
    const { dialect } = c.req.valid("query");
    const {
      message,
      workflow_name,
      attachments,
      context,
      client_message_id = c.req.header("idempotency-key"),
    } = c.req.valid("json");
    const who = c.var.principal;
    const wanted = { enterprise_id, chat_id, workflow: workflow_name };
    const looked = await lookAtChat(c, who, wanted);
    if (looked === null || user_id !== who.user_id) throw appError("NOT_FOUND");
    const { seen, chat } = await openOwnChat(c, looked, wanted);
    const open = sessionOpenOf(seen, chat, who);
    const session = chatSessionFor(c.env.deps.env, enterprise_id, chat_id);
    const input = {
      text: message,
      ...(client_message_id === undefined ? {} : { client_message_id }),
      ...(attachments === undefined ? {} : { attachments }),
      ...(context === undefined ? {} : { context }),
    };
    const { message_id, last_seq, repeated } = accepted(
      await session.withoutSocket(open, { do: "say", input }),
    );
    if (dialect !== undefined) return streamAfter(c, open, last_seq, dialect) as never;
    const named = client_message_id === undefined ? {} : { client_message_id };
    return c.json({ success: true as const, chat_id, message_id, ...named, last_seq, repeated }, 202);
  },
);

chatInputRoutes.openapi(
  route({
    method: "post",
    path: "/api/tool-call/respond",
    tags,
    summary: "Answers a card",
    description:
      "`event_id` is the card's `tool_call_id`. `enterprise_id` and `chat_id` name the chat; a chat token for one chat may " +
      `leave them out. The first answer wins; a repeat by the same person is accepted and does nothing.${streamed} ` +
      "Errors: 404 (no such card waits), 409 (somebody else answered it), 422 ANSWER_REFUSED (it does not fit: " +
      "`details.reason` says why, and it may be sent again).",
    access: "chat",
    creates: true,
    request: { query: dialectQuery, body: jsonBody(orAppId(toolCallAnswer)) },
    responses: answers(200, takenAnswer, "The answer was taken"),
  }),
  async (c) => {
    const body = c.req.valid("json") as z.infer<typeof toolCallAnswer>;
    const { dialect } = c.req.valid("query");
    const tied = c.get("tied");
    const path = { enterprise_id: named(body, tied, "enterprise_id"), chat_id: named(body, tied, "chat_id") };
    const { open, session } = await ownChat(c, path);
    const { last_seq } = accepted(
      await session.withoutSocket(open, {
        do: "respond",
        tool_call_id: body.event_id,
        response: body.response_data,
      }),
    );
    if (dialect !== undefined) return streamAfter(c, open, last_seq, dialect) as never;
    return c.json(
      { success: true as const, status: "accepted" as const, tool_call_id: body.event_id, last_seq },
      200,
    );
  },
);

/** From the body, else from the token; a token is good for what it names alone. Errors: BAD_REQUEST, NOT_FOUND. */
function named(
  body: { enterprise_id?: string | undefined; chat_id?: string | undefined },
  tied: { enterprise_id: string; chat_id: string | undefined } | undefined,
  name: "enterprise_id" | "chat_id",
): string {
  const given = body[name] ?? tied?.[name];
  if (given === undefined)
    throw appError("BAD_REQUEST", { issues: [{ path: name, message: "must name the chat the card is in" }] });
  if (tied?.[name] !== undefined && tied[name] !== given) throw appError("NOT_FOUND");
  return given;
}

chatInputRoutes.openapi(
  route({
    method: "post",
    path: "/chat/{enterprise_id}/{chat_id}/{user_id}/cancel",
    tags,
    summary: "Stops the run that is going on or waits",
    access: "chat",
    request: { params: asPerson, body: jsonBody(chatStop) },
    responses: answers(202, done, "It stops; the log tells when"),
  }),
  async (c) => {
    const { open, session } = await ownChat(c, c.req.valid("param"));
    const { run_id } = c.req.valid("json");
    accepted(await session.withoutSocket(open, { do: "stop", run_id }));
    return c.json({ success: true as const }, 202);
  },
);

chatInputRoutes.openapi(
  route({
    method: "post",
    path: "/chat/{enterprise_id}/{chat_id}/{user_id}/feedback",
    tags,
    summary: "Thumbs up or down on one message",
    access: "chat",
    request: { params: asPerson, body: jsonBody(chatRating) },
    responses: answers(200, done, "Noted"),
  }),
  async (c) => {
    const { open, session } = await ownChat(c, c.req.valid("param"));
    const { message_id, value, comment } = c.req.valid("json");
    accepted(await session.withoutSocket(open, { do: "rate", message_id, value, comment }));
    return c.json({ success: true as const }, 200);
  },
);

chatInputRoutes.openapi(
  route({
    method: "post",
    path: "/api/chats/{enterprise_id}/{chat_id}/ag-ui",
    tags,
    summary: "A run of an AG-UI client",
    description:
      "Takes AG-UI's `RunAgentInput`. The server owns the history: only the newest message is read, if it is the person's, or " +
      "the answer to an interrupt in `resume`. The chat must exist. Errors: as of input and of answers.",
    access: "chat",
    request: { params: z.object({ enterprise_id: id, chat_id: id }), body: jsonBody(agUiInput) },
    responses: answers(200, z.string(), "AG-UI events of the run, as text/event-stream"),
  }),
  async (c) => {
    const { open, session } = await ownChat(c, c.req.valid("param"));
    const { runId, messages, resume } = c.req.valid("json");
    const after = async (): Promise<number> => {
      const answer = resume?.[0];
      if (answer?.status === "cancelled") {
        const { last_seq } = await session.meta();
        accepted(
          await session.withoutSocket(open, {
            do: "respond",
            tool_call_id: answer.interruptId,
            response: { approved: false },
          }),
        );
        return last_seq;
      }
      if (answer)
        return accepted(
          await session.withoutSocket(open, {
            do: "respond",
            tool_call_id: answer.interruptId,
            response: answer.payload,
          }),
        ).last_seq;
      const { id: messageId, text } = newestText(messages);
      return accepted(
        await session.withoutSocket(open, { do: "say", input: { text, client_message_id: messageId } }),
      ).last_seq;
    };
    return streamLog(c, { open, after: await after(), dialect: "ag-ui", runId }) as never;
  },
);

/** The person's newest message, if it is the last one. Error: BAD_REQUEST. */
function newestText(messages: z.infer<typeof agUiInput>["messages"]): { id: string; text: string } {
  const last = messages.at(-1);
  const text = z.string().trim().min(1).max(MAX_TEXT_LENGTH).safeParse(last?.content);
  const messageId = id.safeParse(last?.id);
  if (last?.role === "user" && text.success && messageId.success)
    return { id: messageId.data, text: text.data };
  throw appError("BAD_REQUEST", {
    issues: [{ path: "messages", message: "must end with a text of the person's" }],
  });
}
