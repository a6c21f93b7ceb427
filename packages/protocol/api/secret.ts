import * as z from "zod";
import { time } from "../ids.ts";

export const MAX_SECRET_BYTES = 8 * 1024;

export const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "must be capital letters, digits and '_', like 'SHOP_API_KEY'");

const bytes = new TextEncoder();
export const setSecret = z.object({
  value: z
    .string()
    .min(1)
    .refine((text) => bytes.encode(text).byteLength <= MAX_SECRET_BYTES, "must be at most 8 KiB"),
});

/**
 * Never the value, nor how long it is. `version` counts how often it has been set. `used_on`: the day (UTC) on which it
 * was last used as it is set now; null: not yet.
 */
export const listedSecret = z.object({
  name: z.string(),
  version: z.number().int(),
  set_by: z.string(),
  set_at: time,
  used_on: z.iso.date().nullable(),
});
export const secrets = z.object({ items: z.array(listedSecret) });
