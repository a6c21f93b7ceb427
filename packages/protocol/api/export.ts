import * as z from "zod";
import { id } from "../ids.ts";

export const exportParams = z.object({ enterprise_id: id, version: z.coerce.number().int().min(1) });

/** Fields of the form beside its `file`, a zip as of an export. */
export const importForm = z.object({
  /** `live`: new chats start on it at once. `draft`: it waits to be published. */
  as: z.enum(["live", "draft"]).default("draft"),
});

export const importedApp = z.object({
  version: z.number().int(),
  status: z.enum(["live", "draft"]),
  /** Where the app is. */
  url: z.string(),
});
