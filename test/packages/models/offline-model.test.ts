import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { offlineModel } from "#models/offline/offline-model";
import { shop } from "./apps/shop.ts";
import { systemOf, toolsOf } from "./converse.ts";

const model = offlineModel();

function asking(text: string, agent = "tracker"): LanguageModelV4CallOptions {
  const app = shop();
  return {
    prompt: [
      { role: "system", content: systemOf(app, app.agents[agent]!) },
      { role: "user", content: [{ type: "text", text }] },
    ],
    tools: toolsOf(app.agents[agent]!),
  };
}

async function partsOf(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await model.doStream(options);
  return Array.fromAsync(stream as AsyncIterable<LanguageModelV4StreamPart>);
}

const bytes = (text: string) => new TextEncoder().encode(text).byteLength;
const textOf = (parts: LanguageModelV4StreamPart[]) =>
  parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");

describe("streaming", () => {
  test("a text comes in pieces of about a word between its start and its end", async () => {
    const parts = await partsOf(asking("What can you do?"));
    expect(parts.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1])).toEqual([
      "stream-start",
      "text-start",
      "text-delta",
      "text-end",
      "finish",
    ]);
    const deltas = parts.filter((part) => part.type === "text-delta");
    expect(deltas.length).toBeGreaterThan(10);
    expect(Math.max(...deltas.map(({ delta }) => delta.length))).toBeLessThan(40);
  });

  test("the streamed and the generated answer are the same", async () => {
    for (const text of ["What can you do?", "Where is A-1001?", "hello", "asdf"]) {
      const { content, usage } = await model.doGenerate(asking(text));
      const parts = await partsOf(asking(text));
      const generated = content.map((part) => (part.type === "text" ? part.text : "")).join("");
      expect(textOf(parts)).toBe(generated);
      expect(parts.filter((part) => part.type === "tool-call")).toEqual(
        content.filter((part) => part.type === "tool-call"),
      );
      expect(parts.at(-1)).toMatchObject({ type: "finish", usage });
    }
  });

  test("a call is whole and finishes with tool-calls", async () => {
    const parts = await partsOf(asking("Where is A-1001?"));
    expect(parts.find((part) => part.type === "tool-call")).toMatchObject({
      toolName: "find_order",
      input: '{"order_number":"A-1001"}',
    });
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });
  });
});

describe("usage", () => {
  test("is a quarter of the bytes sent and received, rounded up", async () => {
    const options = asking("Où est la commande A-1001 ? 🎁");
    const parts = await partsOf(options);
    const call = parts.find((part) => part.type === "tool-call");
    const sent = Math.ceil(bytes(JSON.stringify(options.prompt) + JSON.stringify(options.tools)) / 4);
    const received = Math.ceil(bytes(textOf(parts) + (call ? call.toolName + call.input : "")) / 4);
    expect(parts.at(-1)).toMatchObject({
      usage: {
        inputTokens: { total: sent, noCache: sent, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: received, text: received, reasoning: 0 },
      },
    });
  });

  test("an answer stays within its limit of output tokens and says that it was cut", async () => {
    for (let limit = 0; limit <= 40; limit += 4) {
      const { usage, finishReason, content } = await model.doGenerate({
        ...asking("What can you do?"),
        maxOutputTokens: limit,
      });
      expect(usage.outputTokens.total).toBeLessThanOrEqual(limit);
      expect(finishReason.unified).toBe("length");
      expect(content.some((part) => part.type === "tool-call")).toBe(false);
    }
  });
});

describe("abort", () => {
  test("a call that was given up before it began does nothing", async () => {
    const options = { ...asking("hi"), abortSignal: AbortSignal.abort(new Error("gone")) };
    await expect(model.doStream(options)).rejects.toThrow("gone");
    await expect(model.doGenerate(options)).rejects.toThrow("gone");
  });

  test("a stream ends with the reason as soon as it is given up", async () => {
    const control = new AbortController();
    const { stream } = await model.doStream({ ...asking("What can you do?"), abortSignal: control.signal });
    const reader = stream.getReader();
    await reader.read();
    control.abort(new Error("enough"));
    await expect(
      (async () => {
        for (;;) if ((await reader.read()).done) return "finished";
      })(),
    ).rejects.toThrow("enough");
  });
});

test("no tool is called when the caller allows none", async () => {
  const { content } = await model.doGenerate({ ...asking("Where is A-1001?"), toolChoice: { type: "none" } });
  expect(content.every((part) => part.type === "text")).toBe(true);
});

test("it is not mistaken for something else: provider and model name say what it is", () => {
  expect([model.provider, model.modelId, model.specificationVersion]).toEqual(["offline", "mozaiks-1", "v4"]);
});

const property = fc.oneof(
  fc.record(
    { type: fc.constant("string"), title: fc.string(), description: fc.string() },
    { requiredKeys: ["type"] },
  ),
  fc.record({
    type: fc.constant("string"),
    format: fc.constantFrom("date", "date-time", "email", "time", "uri", "uuid", "duration"),
  }),
  fc.record({
    type: fc.constant("string"),
    pattern: fc.constantFrom("^(?:A-\\d{4})$", "^[a-z]+$", "(a+)+$", "[", "^\\d{2}:\\d{2}$"),
    examples: fc.array(fc.string(), { maxLength: 2 }),
  }),
  fc.record({ enum: fc.array(fc.string(), { minLength: 1, maxLength: 4 }) }),
  fc.record(
    { type: fc.constantFrom("integer", "number"), minimum: fc.integer(), maximum: fc.integer() },
    { requiredKeys: ["type"] },
  ),
  fc.constant({ type: "boolean" }),
  fc.record({ type: fc.constant("array"), items: fc.constant({ type: "string" }) }),
  fc.constant({ type: "object", properties: {} }),
  fc.constant({}),
);
const name = fc.constantFrom(
  "order_number",
  "reason",
  "amount",
  "start_date",
  "time",
  "name",
  "email",
  "phone",
  "urgent",
  "city",
  "quantity",
  "__proto__",
  "constructor",
  "title",
  "x",
);
const tool = fc.record({
  name: fc.constantFrom(
    "find_order",
    "request_refund",
    "book_visit",
    "cancel_order",
    "update_status",
    "hand_off_to_desk",
    "list_orders",
    "x",
  ),
  description: fc.string({ maxLength: 80 }),
  properties: fc.dictionary(name, property, { maxKeys: 5 }),
});
const words = fc.array(
  fc.constantFrom(
    "refund",
    "order",
    "A-1001",
    "cancel",
    "book",
    "tomorrow",
    "at 3pm",
    "$45",
    "no,",
    "it",
    "broken",
    "my name is Ada",
    "12",
    "because",
    "yes",
    "next Friday",
    "ada@example.com",
    "?",
    "-",
    "{}",
    "\u0000",
    "🎁",
    "((((",
    "list",
    "the first one",
    "from 3 to 7 December",
  ),
  { maxLength: 10 },
);
const message = fc.oneof(
  words.map((all) => all.join(" ")),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 60 }),
);

test("any talk with any tools gets an answer, and every call fits its schema", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(tool, { selector: (it) => it.name, maxLength: 5 }),
      fc.string(),
      async (said, tools, system) => {
        const options: LanguageModelV4CallOptions = {
          prompt: [
            { role: "system", content: `${system}\nToday is Sunday, 22 November 2026.` },
            ...said.flatMap((text) => [
              { role: "user" as const, content: [{ type: "text" as const, text }] },
              {
                role: "assistant" as const,
                content: [{ type: "text" as const, text: "What is the reason?" }],
              },
            ]),
          ].slice(0, -1) as LanguageModelV4CallOptions["prompt"],
          tools: tools.map(({ name: toolName, description, properties }) => ({
            type: "function",
            name: toolName,
            description,
            inputSchema: {
              type: "object",
              properties,
              required: Object.keys(properties).slice(0, 2),
              additionalProperties: false,
            } as never,
          })),
        };
        const first = await model.doGenerate(options);
        expect(await model.doGenerate(options)).toEqual(first);
        expect(first.content.length).toBeGreaterThan(0);
        for (const part of first.content) {
          if (part.type === "text") expect(part.text.trim()).not.toBe("");
          if (part.type !== "tool-call") continue;
          const called = options.tools?.find((it) => it.name === part.toolName);
          if (called?.type !== "function") throw new Error(`called ${part.toolName}, which nobody offered`);
          const schema = structuredClone(called.inputSchema) as {
            required: string[];
            properties: Record<string, Record<string, unknown>>;
          };
          const args = JSON.parse(part.input);
          for (const need of schema.required) expect(Object.hasOwn(args, need)).toBe(true);
          for (const [key, value] of Object.entries(args)) {
            const own = schema.properties[key]!;
            expect(own).toBeDefined();
            if (own.format === "duration") throw new Error("a format nobody knows was filled");
            expect(
              z.fromJSONSchema(own as never).safeParse(value).success,
              `${key}: ${JSON.stringify(value)} for ${JSON.stringify(own)}`,
            ).toBe(true);
          }
        }
      },
    ),
    { numRuns: 400, seed: 22 },
  );
});

test("who wants something gone is not served by having it completed", async () => {
  const step = { type: "string", enum: ["Read the handbook", "Meet the team"] };
  const calls = async (text: string) => {
    const parts = await partsOf({
      prompt: [
        { role: "system", content: "You help new people through their first steps." },
        { role: "user", content: [{ type: "text", text }] },
      ],
      tools: [
        {
          type: "function",
          name: "complete_step",
          description: "Complete a step of the onboarding.",
          inputSchema: { type: "object", properties: { step }, required: ["step"] } as never,
        },
      ],
    });
    return parts.flatMap((part) => (part.type === "tool-call" ? [part.toolName] : []));
  };
  expect(await calls("Delete the step Read the handbook")).toEqual([]);
  expect(await calls("Complete the step Read the handbook")).toEqual(["complete_step"]);
});
