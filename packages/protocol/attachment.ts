import * as z from "zod";
import { id } from "./ids.ts";

/** A file that was sent with a message. `media_type` is told by its bytes; `size` in bytes. */
export const attachment = z.object({
  attachment_id: id,
  name: z.string(),
  media_type: z.string(),
  size: z.number().int(),
});
export type Attachment = z.infer<typeof attachment>;
