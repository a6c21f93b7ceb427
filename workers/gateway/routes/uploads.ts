import * as z from "zod";
import { appError } from "#base/app-error";
import { scopeOf } from "#enterprises/scope";
import { attachment } from "#protocol/attachment";
import { id } from "#protocol/ids";
import { unwrap } from "../../app-data/answer.ts";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { attachmentAnswer } from "../attachment-answer.ts";
import { findOwnChat } from "../find-own-chat.ts";
import { readForm } from "../read-form.ts";
import { answers, answersFile, formBody, route, routes } from "../route.ts";
import { seeEnterprise } from "../see-enterprise.ts";
import { sessionOpenOf } from "../session-open-of.ts";

const tags = ["Chats"];
const named = z
  .object({ enterprise_id: id.optional(), app_id: id.optional(), chat_id: id })
  .transform(({ enterprise_id, app_id, chat_id }) => ({
    enterprise_id: enterprise_id ?? app_id ?? "",
    chat_id,
  }));

export const uploadRoutes = routes();

uploadRoutes.openapi(
  route({
    method: "post",
    path: "/api/chat/upload",
    tags,
    summary:
      "A file for a message to come: its id goes with `user.input.submit`. Unused, it is gone after a day",
    access: "chat",
    upload: true,
    rough: "UPLOADS",
    request: { body: formBody(["enterprise_id", "chat_id"]) },
    responses: answers(201, attachment, "The file as it was kept. The same one again is the same attachment"),
  }),
  async (c) => {
    const { file, fields } = await readForm(c);
    const asked = named.safeParse(fields);
    if (!asked.success)
      throw appError("BAD_REQUEST", {
        issues: asked.error.issues.map((it) => ({ path: it.path.join("."), message: it.message })),
      });
    const { enterprise_id, chat_id } = asked.data;
    const { tied } = c.var;
    // What a chat token is good for, its path can't tell here.
    if (tied && (tied.enterprise_id !== enterprise_id || (tied.chat_id ?? chat_id) !== chat_id))
      throw appError("NOT_FOUND");
    const seen = await seeEnterprise(c, enterprise_id);
    const chat = await findOwnChat(c, seen, chat_id);
    const open = sessionOpenOf(seen, chat, c.var.principal);
    const session = chatSessionFor(c.env.deps.env, enterprise_id, chat_id);
    return c.json(unwrap(await session.attach(open, file.name, file.bytes)), 201);
  },
);

uploadRoutes.openapi(
  route({
    method: "get",
    path: "/api/chats/{enterprise_id}/{chat_id}/attachments/{attachment_id}",
    tags,
    summary: "A file that was sent in a chat of mine, to save",
    access: "chat",
    request: { params: z.object({ enterprise_id: id, chat_id: id, attachment_id: id }) },
    responses: answersFile("application/octet-stream", "The file"),
  }),
  async (c) => {
    const { enterprise_id, chat_id, attachment_id } = c.req.valid("param");
    const seen = await seeEnterprise(c, enterprise_id);
    await findOwnChat(c, seen, chat_id);
    return attachmentAnswer(c.env.deps.env, scopeOf(enterprise_id), chat_id, attachment_id);
  },
);
