import { expect, test } from "vitest";
import * as z from "zod";
import { answerCard } from "#cli/demo/answer-card";

test("a willing person says yes", () => {
  const schema = z.toJSONSchema(z.object({ approved: z.boolean(), comment: z.string().optional() }));
  expect(answerCard(schema)).toEqual({ approved: true });
});

test("the answer to any card fits its schema", () => {
  const shape = z.object({
    email: z.email(),
    size: z.enum(["small", "large"]),
    guests: z.number().int().min(2),
    tags: z.array(z.string()),
    either: z.union([z.boolean(), z.string()]),
    note: z.string().optional(),
  });
  expect(shape.parse(answerCard(z.toJSONSchema(shape)))).toMatchObject({ size: "small", guests: 2 });
});
