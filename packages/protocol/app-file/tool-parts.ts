import * as z from "zod";
import { identifier } from "../ids.ts";
import { duration } from "./duration.ts";
import { gate } from "./gate.ts";

/** CEL (https://cel.dev). Variables: `args`, `user` (`id`, `name`, `roles`), `now`, `vars` (the workflow's variables), and the names of `lookup`. Conditions are CEL, never code. */
export const cel = z.string().min(1).max(500);

/**
 * A pause before the tool acts, until the person says yes on a card, or somebody of the app's team does (`operator`;
 * the person can go on talking meanwhile). `message` may name values: `Refund {amount}?`. Nobody has answered when it
 * `expires`: then it is declined. A person's own card has no end unless one is given; the team has 24 hours.
 */
const approval = z.object({
  by: z.enum(["user", "operator"]),
  expires: duration.optional(),
  on_expiry: z.literal("decline").optional(),
  /** Absent: always. */
  when: cel.optional(),
  /** Where this holds, the team is asked instead of the person. */
  operator_when: cel.optional(),
  title: z.string().max(80).optional(),
  message: z.string().max(400).optional(),
});

export const common = {
  /** It is there for people of these roles only: for others no model is offered it, and no call of it is made. */
  roles: gate,
  title: z.string().max(80).optional(),
  /** What a model reads to decide whether to call it: plain prose. */
  description: z.string().min(1).max(600),
  /** Variable → where its value stands in what the tool answers, like `row.city`. The tool must be among its writers. */
  saves: z
    .record(
      identifier,
      z.string().regex(/^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*){0,5}$/, "must look like 'row.city'"),
    )
    .optional(),
};
/** Of a tool that works by itself. */
export const working = { ...common, approval: approval.optional() };
