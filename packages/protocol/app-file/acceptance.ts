import * as z from "zod";
import { identifier } from "../ids.ts";

const expectation = z.object({
  /** The agent that has the conversation afterwards. */
  agent: z.string().optional(),
  /** Agents that gave an answer in this step, each at least once, also those that other agents asked. */
  agents: z.array(z.string()).max(20).optional(),
  /** Variables afterwards, as the workflow that has the conversation sees them. */
  vars: z.record(identifier, z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  /** Tools called in this step, each at least once; their order does not matter. */
  tools: z.array(identifier).default([]),
  /** Tools that must not be called in this step. */
  not_tools: z.array(identifier).default([]),
  /** Pieces of what was said in this step, compared without case. */
  includes: z.array(z.string().min(1).max(200)).default([]),
  excludes: z.array(z.string().min(1).max(200)).default([]),
  /** The step ends waiting for the person on this card. */
  awaits: identifier.optional(),
  /** Who has to answer that card: the person, or the app's team. */
  awaits_from: z.enum(["user", "operator"]).optional(),
  /** How many rows of a table match afterwards, over all owners. */
  rows: z
    .array(
      z.object({
        table: identifier,
        where: z.record(identifier, z.union([z.string(), z.number(), z.boolean()])).default({}),
        count: z.number().int().min(0),
      }),
    )
    .default([]),
});
export type Expectation = z.infer<typeof expectation>;

const step = z
  .object({
    say: z.string().min(1).max(2_000).optional(),
    /** Answers the card that waits. */
    respond: z.unknown().optional(),
    expect: expectation.default({ tools: [], not_tools: [], includes: [], excludes: [], rows: [] }),
  })
  .refine((it) => (it.say === undefined) !== (it.respond === undefined), "a step has `say` or `respond`");

/** One conversation. `as: "creator"` owns the creator's sample rows; `as: "stranger"` owns none. */
const acceptanceCase = z.object({
  name: z.string().min(1).max(160),
  as: z.enum(["creator", "stranger"]).default("creator"),
  /** Where the chat starts; absent: the app's entry workflow. */
  workflow: z.string().optional(),
  steps: z.array(step).min(1).max(20),
});
export type AcceptanceCase = z.infer<typeof acceptanceCase>;

/** `workflows/<name>/acceptance.yaml`: conversations that must pass before a publish, each on fresh sample data. */
export const acceptanceFile = z.object({ cases: z.array(acceptanceCase).max(60) });
export type AcceptanceFile = z.infer<typeof acceptanceFile>;
