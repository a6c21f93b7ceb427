import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Log } from "#base/log";
import { connectModel } from "#models/connect-model";
import { offlineModel } from "#models/offline/offline-model";
import { type OperatorProvider, readOperatorProviders } from "#models/operator-providers";
import { modelRegistry } from "#models/registry";
import type { Env } from "./env.ts";

/** The embedded model, and the operator's providers. A list that is not valid is logged, and leaves the embedded one. */
export function platformModels(env: Env, log: Log) {
  const read = readOperatorProviders(env.MODEL_PROVIDERS ?? "");
  if (!read.ok) log("error", "models.invalid", { issues: read.issues.join("; ") });
  const others = Object.entries(read.ok ? read.providers : {}).map(
    ([name, provider]) => [name, (model: string) => modelOf(env, name, provider, model)] as const,
  );
  return modelRegistry({
    ...Object.fromEntries(others),
    offline: (name) => (name === "mozaiks-1" ? offlineModel() : null),
  });
}

async function modelOf(
  env: Env,
  name: string,
  provider: OperatorProvider,
  model: string,
): Promise<LanguageModelV4 | null> {
  if (provider.kind === "workers-ai") return env.AI ? workersAi(env.AI, model) : null;
  const key = provider.key === undefined ? null : variable(env, provider.key);
  // Without its key a provider is not there.
  if (provider.key !== undefined && key === null) return null;
  return connectModel(name, model, { kind: provider.kind, base_url: provider.base_url, key });
}

/** A variable or secret by the name the operator gave it. */
function variable(env: Env, name: string): string | null {
  const value: unknown = Object.entries(env).find(([key]) => key === name)?.[1];
  return typeof value === "string" && value !== "" ? value : null;
}

async function workersAi(binding: Ai, model: string): Promise<LanguageModelV4> {
  const { createWorkersAI } = await import("workers-ai-provider");
  return createWorkersAI({ binding })(model);
}
