import * as z from "zod";
import { time } from "../ids.ts";

/** What a key may be good for. Each maps to actions of `packages/keys/scopes.ts`; the list is closed. */
export const KEY_SCOPES = [
  "app.read",
  "workflows.write",
  "tables.read",
  "tables.write",
  "usage.read",
  "chats.read",
  "chat:impersonate",
] as const;
export const keyScope = z.enum(KEY_SCOPES);
export type KeyScope = z.infer<typeof keyScope>;

const keyName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(name), "must be one line");

/** Scopes and expiry can't be changed later: who reads the list can rely on it. */
export const createKey = z.object({
  name: keyName,
  scopes: z
    .array(keyScope)
    .min(1)
    .max(KEY_SCOPES.length)
    .transform((all) => KEY_SCOPES.filter((it) => all.includes(it))),
  /** Absent or null: it does not expire. */
  expires_at: time.nullish(),
});
export const renameKey = z.object({ name: keyName });

/** `prefix`: how the key begins, to be recognised by. `last_used_at` is exact to a minute. */
export const apiKey = z.object({
  key_id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(keyScope),
  created_by: z.string(),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
  /** Whether it opens anything: it has not expired, and who made it may still manage keys. */
  active: z.boolean(),
});
export type ApiKey = z.infer<typeof apiKey>;
export const apiKeys = z.object({ items: z.array(apiKey) });

/** The one answer that holds the key itself. */
export const createdKey = apiKey.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;
