import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { readObject } from "#base/read-object";
import type { AgentOutput } from "#protocol/app-file/flow";
import { checkJson, sentence } from "./check-json.ts";
import type { JsonSchema } from "./column-schema.ts";
import type { Found } from "./find-agent.ts";

type ResponseFormat = NonNullable<LanguageModelV4CallOptions["responseFormat"]>;

/** Asks the model for JSON, where its provider can; it is told in its prompt as well. */
export function responseFormat({ definition }: Found): { responseFormat?: ResponseFormat } {
  if (!definition.output) return {};
  return { responseFormat: { type: "json", schema: definition.output.schema, name: "answer" } };
}

export type ReadOutput = { ok: true; value: Record<string, unknown> } | { ok: false; problem: string };

/** An agent's answer as the object it must be, or what is wrong with it in a sentence for the model. */
export function readOutput(output: AgentOutput, text: string): ReadOutput {
  const value = readObject(text);
  if (value === undefined) return { ok: false, problem: "It is not one JSON object and nothing else." };
  const checked = checkJson(plain(output.schema), value);
  if (checked.ok) return checked;
  return { ok: false, problem: `It does not fit the schema: ${sentence(checked.issues)}`.slice(0, 600) };
}

/** A schema without its patterns, however deep: an app's never becomes a RegExp here, it could stall the isolate. */
function plain(schema: JsonSchema): JsonSchema {
  const strip = (value: unknown, isSchema: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => strip(item, isSchema));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !isSchema || (name !== "pattern" && name !== "patternProperties"))
        .map(([name, it]) => [name, strip(it, !(isSchema && name === "properties"))]),
    );
  };
  return strip(schema, true) as JsonSchema;
}

/** An answer as CEL sees it: what its schema calls an integer as bigint. */
export function celOutput(value: unknown, schema: unknown): unknown {
  const own = (schema ?? {}) as { type?: unknown; properties?: Record<string, unknown>; items?: unknown };
  if (typeof value === "number") return own.type === "integer" ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celOutput(item, own.items));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [name, celOutput(it, own.properties?.[name])]),
  );
}
