import type { Variable } from "#protocol/app-file/variable";
import type { JsonSchema } from "../column-schema.ts";
import type { Found } from "../find-agent.ts";
import type { RunState } from "../run-state.ts";
import type { Outcome } from "../transcript.ts";
import { writableBy, writeVar } from "../vars.ts";

/** The tool by which an agent writes the variables it is a writer of. */
export const REMEMBER = "remember";

/** Variables the agent writes by this tool; those that its `output` or rules write are left to them. */
export function rememberedBy({ file, agent, definition }: Found): string[] {
  const others = new Set([
    ...Object.keys(definition.output?.writes ?? {}),
    ...(definition.next ?? []).flatMap((rule) => Object.keys(rule.set ?? {})),
  ]);
  return writableBy(file, agent).filter((name) => !others.has(name));
}

export function rememberSchema(agent: Found): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const name of rememberedBy(agent)) {
    const variable = agent.file.variables?.[name];
    if (variable) properties[name] = variableSchema(variable);
  }
  return { type: "object", properties, additionalProperties: false };
}

/** Writes what is given; all of it or, if anything does not fit, nothing. */
export function remember(run: RunState, agent: Found, args: Record<string, unknown>): Outcome {
  const draft = { vars: structuredClone(run.vars ?? {}) };
  for (const [name, value] of Object.entries(args)) {
    const problem = writeVar(draft, agent.file, agent.agent, name, value);
    if (problem) return { ok: false, error: problem };
  }
  run.vars = draft.vars;
  return { ok: true, message: "Noted." };
}

function variableSchema({ type, description, values }: Variable): JsonSchema {
  const about = description ? { description } : {};
  switch (type) {
    case "text":
      return { type: "string", ...about };
    case "enum":
      return { type: "string", enum: values, ...about };
    case "json":
      return about;
    default:
      return { type, ...about };
  }
}
