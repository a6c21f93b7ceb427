import * as z from "zod";
import { id, slug, time } from "../ids.ts";
import { listQuery } from "./list.ts";

/** What waits for somebody of the app's team: an approval, or (`operator`) a person who asks for a human. */
export const teamWait = z.object({
  tool_call_id: z.string(),
  chat_id: z.string(),
  user_id: z.string(),
  workflow_name: z.string(),
  kind: z.enum(["approval", "operator"]),
  tool_name: z.string(),
  /** `title`, `message`, and the `facts` of exactly what would be done. */
  payload: z.record(z.string(), z.unknown()),
  created_at: time,
  /** Null once an operator is with the person. */
  expires_at: time.nullable(),
});

/** The first decision counts; others get CONFLICT with `details.reason` (`already_decided`, `expired`, `closed`). */
export const decision = z.object({
  chat_id: id,
  approved: z.boolean(),
  comment: z.string().max(2_000).optional(),
});
export const decided = z.object({ tool_call_id: z.string(), chat_id: z.string(), approved: z.boolean() });

export const teamChatsQuery = listQuery.extend({
  /** `true`: only chats that wait for the team. */
  waiting: z.enum(["true", "false"]).default("false"),
  /** In the title (how the first message began), or in the person's name or address; without case. */
  search: z.string().trim().min(1).max(100).optional(),
  workflow: slug.optional(),
  /** The version of the app that the chat runs on. */
  version: z.coerce.number().int().min(1).optional(),
  user_id: id.optional(),
  /** Last used then or later, and before then. */
  from: time.optional(),
  to: time.optional(),
  /** Only chats with such a thumb. */
  thumbs: z.enum(["up", "down"]).optional(),
});
/**
 * Who chats. `guest`: without an address of their own. `member`: of the team, trying the app. Null where the account is
 * gone.
 */
const person = z.object({
  name: z.string(),
  email: z.string().nullable(),
  kind: z.enum(["user", "guest", "member"]),
});
export const teamChat = z.object({
  chat_id: z.string(),
  user_id: z.string(),
  workflow_name: z.string(),
  title: z.string().nullable(),
  status: z.enum(["open", "waiting_for_team"]),
  version: z.number().int(),
  person: person.nullable(),
  /** Thumbs that its messages have now. */
  thumbs: z.object({ up: z.number().int(), down: z.number().int() }),
  created_at: time,
  last_activity_at: time,
});
export type TeamChat = z.infer<typeof teamChat>;
export type TeamWaitView = z.infer<typeof teamWait>;

/** What a person thinks of a message of the chat. */
const opinion = z.object({
  message_id: z.string(),
  value: z.enum(["up", "down"]),
  comment: z.string().nullable(),
  at: time,
});
export type Opinion = z.infer<typeof opinion>;
export const teamChatDetail = teamChat.extend({ opinions: z.array(opinion) });
export type TeamChatDetail = z.infer<typeof teamChatDetail>;

export const operatorSays = z.object({ text: z.string().trim().min(1).max(16_000) });
export const operatorSaid = z.object({ message_id: z.string() });
export const operatorState = z.object({ chat_id: z.string(), joined: z.boolean() });
