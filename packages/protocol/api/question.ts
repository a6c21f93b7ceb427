import * as z from "zod";
import { identifier } from "../ids.ts";

/** Asked before a plan is made, only where a prompt leaves open what to build. It may be skipped. */
export const question = z.object({
  id: identifier,
  text: z.string().min(1).max(300),
  options: z
    .array(z.object({ value: z.string().min(1).max(200), label: z.string().min(1).max(200) }))
    .max(12),
  /** More than one option may be chosen. */
  multiple: z.boolean().optional(),
  /** Something else may be written instead. */
  free_text: z.boolean().optional(),
});
export type Question = z.infer<typeof question>;

/** A question's id → the value of an option, or what was written. Questions that are not in here were skipped. */
export const answersToQuestions = z.record(
  identifier,
  z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(12)]),
);
export type Answers = z.infer<typeof answersToQuestions>;
