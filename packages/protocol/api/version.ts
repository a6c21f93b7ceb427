import * as z from "zod";
import { time } from "../ids.ts";
import { appDiff } from "./app-diff.ts";

export const listedVersion = z.object({
  version: z.number().int(),
  /** `live`: new chats start on it. `draft`: green, and waits to be published. */
  status: z.enum(["live", "draft", "earlier"]),
  /** Why there is this version. */
  note: z.string(),
  by: z.object({ user_id: z.string(), name: z.string().nullable() }),
  at: time,
  /** When it went live; null: never. */
  published_at: time.nullable(),
  build_id: z.string().nullable(),
  /** The version it was made of. */
  base_version: z.number().int().nullable(),
});
export type ListedVersion = z.infer<typeof listedVersion>;

/** Texts by path: `app.yaml`, `workflows/{name}/workflow.yaml` … */
export const versionFiles = z.object({ version: z.number().int(), files: z.record(z.string(), z.string()) });

export const versionDiff = appDiff.extend({ from: z.number().int(), to: z.number().int() });

/** `expected_live`: only if that version is still the live one (null: none). Unknown names are refused. */
export const publishVersion = z.strictObject({ expected_live: z.number().int().nullable().optional() });

export const publishedVersion = z.object({ version: z.number().int(), url: z.string() });
