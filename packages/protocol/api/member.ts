import * as z from "zod";
import { time } from "../ids.ts";

/** What members may do, from most to least; an operator sees and joins chats, but neither money nor settings. */
export const role = z.enum(["owner", "admin", "editor", "operator", "viewer"]);

export const member = z.object({
  user_id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  created_at: time,
});
export const members = z.object({ items: z.array(member) });
/** Somebody who has an account at the foundry. */
export const addMember = z.object({ email: z.email().max(254), role });
export const changeMember = z.object({ role });
