import * as z from "zod";
import { id, time } from "../ids.ts";

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
export type Member = z.infer<typeof member>;
export const changeMember = z.object({ role });
/** An admin of the app, who becomes its owner. */
export const newOwner = z.object({ user_id: id });
