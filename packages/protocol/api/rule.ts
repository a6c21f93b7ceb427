import * as z from "zod";
import { identifier } from "../ids.ts";

/** In the person's own words. */
const text = z.string().min(1).max(240);
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "must be a time like '09:00'");

/** A column's value against a number; `days`: how many days lie from the column to `until`, both counted. */
const comparison = z.object({
  column: identifier,
  until: identifier.optional(),
  op: z.enum([">", ">=", "<", "<="]),
  value: z.number().min(0).max(1_000_000_000),
});
export type Comparison = z.infer<typeof comparison>;

/**
 * A condition of the prompt that the app keeps to. Columns are those of the workflow's table; a rule whose column is
 * gone after an edit is not built.
 */
export const rule = z.discriminatedUnion("kind", [
  /** Nothing is recorded before the person, or somebody of the team, says yes; `when` null: never without it. */
  z.object({
    kind: z.literal("approval"),
    text,
    by: z.enum(["user", "operator"]),
    when: comparison.nullable(),
  }),
  z.object({
    kind: z.literal("range"),
    text,
    column: identifier,
    /** Then it is about the days from the one to the other, both counted. */
    until: identifier.optional(),
    min: z.number().nullable(),
    max: z.number().nullable(),
  }),
  /** 0 is Sunday. */
  z.object({
    kind: z.literal("weekdays"),
    text,
    column: identifier,
    days: z.array(z.number().int().min(0).max(6)).min(1).max(6),
  }),
  z.object({ kind: z.literal("hours"), text, column: identifier, from: clock, to: clock }),
  /** At least so many hours from now, in UTC. */
  z.object({
    kind: z.literal("notice"),
    text,
    column: identifier,
    time: identifier.nullable(),
    hours: z.number().int().min(1).max(9_000),
    /** What has to be done so early: making one, ending it or changing it. */
    action: z.enum(["make", "end", "change"]),
  }),
  /**
   * At most so many rows that are not ended, or so much in their `sum` column: of one person, or of everybody, with the
   * same values in `same`.
   */
  z.object({
    kind: z.literal("count"),
    text,
    of: z.enum(["person", "everybody"]),
    same: z.array(identifier).max(4),
    sum: identifier.nullable(),
    max: z.number().int().min(1).max(1_000_000),
  }),
  /** What people can't do here: a tool that is left out. */
  z.object({ kind: z.literal("never"), text, action: z.enum(["end", "change"]) }),
]);
export type Rule = z.infer<typeof rule>;
