import * as z from "zod";

/** CEL (https://cel.dev). Variables: `args`, `user`, `now`, and the names of `lookup`. Conditions are CEL, never code. */
export const cel = z.string().min(1).max(500);

/** A pause before the tool acts, until the person says yes on a card. `message` may name values: `Refund {amount}?`. */
const approval = z.object({
  by: z.enum(["user"]),
  /** Absent: always. */
  when: cel.optional(),
  title: z.string().max(80).optional(),
  message: z.string().max(400).optional(),
});

export const common = {
  title: z.string().max(80).optional(),
  /** What a model reads to decide whether to call it: plain prose. */
  description: z.string().min(1).max(600),
};
/** Of a tool that works by itself. */
export const working = { ...common, approval: approval.optional() };
