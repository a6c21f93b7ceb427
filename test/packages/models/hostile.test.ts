import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";

test("the longest talk with hostile patterns is answered in time", async () => {
  const long = "a".repeat(4_000);
  const started = performance.now();
  const prompt: LanguageModelV4CallOptions["prompt"] = [{ role: "system", content: "You are X." }];
  for (let at = 0; at < 60; at += 1)
    prompt.push({
      role: at % 2 ? "assistant" : "user",
      content: [
        { type: "text", text: at % 2 ? "What is the code?" : `${long} order 12 ${"- ".repeat(400)}` },
      ],
    } as never);
  prompt.push({ role: "user", content: [{ type: "text", text: `order ${long}!` }] });
  const { content } = await offlineModel().doGenerate({
    prompt,
    tools: [
      {
        type: "function",
        name: "find_order",
        description: "Finds an order.",
        inputSchema: {
          type: "object",
          properties: {
            code: { type: "string", pattern: "^(a+)+$" },
            other: { type: "string", pattern: "^([a-z]|a)*$" },
          },
          required: ["code", "other"],
        },
      },
    ],
  });
  expect(content.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(5_000);
});
