import * as z from "zod";
import { identifier, slug } from "../ids.ts";

/** CEL (https://cel.dev) over `vars`, `user` (`id`, `name`, `roles`) and, where the agent has one, `output`. */
const cel = z.string().min(1).max(500);

/**
 * Where a turn goes by itself once an agent has given its answer: the first rule that holds counts, none ends the
 * turn. The person's next message starts again where this turn's automatic steps began.
 */
export const nextRule = z.object({
  when: cel.optional(),
  /** An agent of this workflow, or `end`. */
  to: slug,
  /** How often in one turn this rule may be used; after that it is passed over. */
  max: z.number().int().min(1).max(12).optional(),
  /** Variables that change with this step, by CEL. The agent must be among their writers. */
  set: z.record(identifier, cel).optional(),
  /** What the next agent is told, in a sentence. */
  note: z.string().min(1).max(400).optional(),
});
export type NextRule = z.infer<typeof nextRule>;

/** An answer that must be one JSON object, checked before anybody gets it. People don't see it unless `show`. */
export const agentOutput = z.object({
  /** JSON Schema of an object, without references. */
  schema: z
    .record(z.string(), z.unknown())
    .refine((it) => it.type === "object", "must be the schema of an object")
    .refine((it) => JSON.stringify(it).length <= 8_192, "is too large"),
  /** Variable → property of the answer that it takes its value from. */
  writes: z.record(identifier, z.string().min(1).max(63)).optional(),
  show: z.boolean().optional(),
});
export type AgentOutput = z.infer<typeof agentOutput>;
