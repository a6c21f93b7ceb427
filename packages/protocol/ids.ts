import * as z from "zod";

/** Opaque ids, as they stand in paths and frames: 1–128 of letters, digits, `_`, `-`, `.`; never `..`. */
export const id = z
  .string()
  .regex(/^[\w\-.]{1,128}$/, "must be 1–128 letters, digits, '_', '-' or '.'")
  .refine((value) => !value.includes(".."), "must not contain '..'");

/** Names a creator's files use: kebab-case, starts with a letter, at most 63 characters. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be kebab-case, like 'refund-handler'")
  .max(63);

/** Table, column, tool and context names: snake_case, starts with a letter, at most 63 characters. */
export const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be snake_case, like 'order_number'");

/** An integer number of nano-USD as a decimal string; may be negative in corrections. */
export const nano = z.string().regex(/^-?\d{1,30}$/, "must be an integer as a decimal string");

/** A limit in nano-USD: not negative, at most ten million dollars. */
export const nanoLimit = z
  .string()
  .regex(/^\d{1,17}$/, { message: "must be a whole number of nano-USD, as a decimal string", abort: true })
  .refine((text) => BigInt(text) <= 10_000_000_000_000_000n, "must be at most $10,000,000");

/** ISO 8601 UTC. */
export const time = z.iso.datetime();

/** Workflow names with a meaning of their own on the socket path. */
export const RESERVED_WORKFLOW_NAMES = ["generator", "usage", "workflows"] as const;
