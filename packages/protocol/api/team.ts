import * as z from "zod";
import { id, time } from "../ids.ts";
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
});
export const teamChat = z.object({
  chat_id: z.string(),
  user_id: z.string(),
  workflow_name: z.string(),
  title: z.string().nullable(),
  status: z.enum(["open", "waiting_for_team"]),
  created_at: time,
  last_activity_at: time,
});

export const operatorSays = z.object({ text: z.string().trim().min(1).max(16_000) });
export const operatorSaid = z.object({ message_id: z.string() });
export const operatorState = z.object({ chat_id: z.string(), joined: z.boolean() });
