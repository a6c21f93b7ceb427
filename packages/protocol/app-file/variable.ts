import * as z from "zod";
import { identifier } from "../ids.ts";

/**
 * Something a chat remembers beside what was said. Kept per chat, so one person's never reaches another.
 * JSON values: text, enum → string; integer, number → number; boolean; json → anything, at most 8 KiB.
 */
export const variable = z
  .object({
    type: z.enum(["text", "integer", "number", "boolean", "enum", "json"]),
    description: z.string().max(400).optional(),
    /** Of an enum. */
    values: z.array(z.string().min(1).max(80)).min(1).max(50).optional(),
    /** Until somebody writes it; without one it is null. */
    default: z.union([z.string().max(400), z.number(), z.boolean()]).optional(),
    /** Agents and tools of this workflow that may write it. Nobody else can. */
    writers: z.array(z.string().min(1).max(63)).max(40).default([]),
    /** A client may set it with `context` of `user.input.submit`. */
    from_client: z.boolean().optional(),
    /** One value for all workflows of the chat that declare it shared, instead of one for this workflow. */
    shared: z.boolean().optional(),
  })
  .refine(
    (it) => (it.type === "enum") === (it.values !== undefined),
    "an enum has `values`, nothing else does",
  );
export type Variable = z.infer<typeof variable>;

export const variables = z.record(identifier, variable);
