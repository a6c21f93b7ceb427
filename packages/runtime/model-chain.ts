import type { LanguageModelV4 } from "@ai-sdk/provider";
import { AppError } from "#base/app-error";
import { ownModel } from "#models/providers/own-model";
import { ERRORS, type ErrorCode } from "#protocol/errors";
import type { Found } from "./find-agent.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";

/**
 * The models to ask for an answer, in order: the agent's own, the workflow's or the app's, then the app's fallbacks.
 * One that did not answer earlier in this run comes after those that may.
 */
export function modelChain(
  run: Pick<RunState, "passed_over">,
  { app }: RunDeps["files"],
  agent: Found,
): string[] {
  const first = agent.definition.model ?? agent.file.model ?? app.model;
  const chain = [...new Set([first, ...(app.fallback ?? [])])];
  const passedOver = new Set(run.passed_over);
  return [...chain.filter((name) => !passedOver.has(name)), ...chain.filter((name) => passedOver.has(name))];
}

const OWN = /^own\/([^/]+)\/(.+)$/;

export type FoundModel =
  | { ok: true; model: LanguageModelV4; key: string | null }
  | { ok: false; code: ErrorCode; message: string; details?: Record<string, unknown> };

/** The model of a name: the platform's, or one of the owner's own providers. Does not throw for a name or a setting. */
export async function findModel(
  name: string,
  deps: Pick<RunDeps, "files" | "resolveModel" | "secret" | "modelFetch">,
): Promise<FoundModel> {
  const [, own, modelName] = OWN.exec(name) ?? [];
  if (own === undefined || modelName === undefined) return platformModel(name, deps);
  const provider = deps.files.app.providers?.[own];
  if (!provider) return unknown(name);
  const found = await ownModel(own, provider, modelName, { secret: deps.secret, fetch: deps.modelFetch });
  if (found.ok) return found;
  return {
    ok: false,
    code: "MODEL_FAILED",
    message: ERRORS.MODEL_FAILED.message,
    details: { reason: found.reason },
  };
}

async function platformModel(name: string, deps: Pick<RunDeps, "resolveModel">): Promise<FoundModel> {
  try {
    const model = await deps.resolveModel(name);
    return model ? { ok: true, model, key: null } : unknown(name);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { ok: false, code: cause.code, message: cause.message };
  }
}

function unknown(name: string): FoundModel {
  return { ok: false, code: "UNKNOWN_MODEL", message: `There is no model "${name}".` };
}
