import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Log } from "#base/log";
import { readProviders } from "#models/providers/config";
import { type ModelRegistry, modelRegistry } from "#models/registry";
import type { Env } from "./env.ts";

/** Read once an isolate. */
let read: { text: string; providers: ReturnType<typeof readProviders> } | undefined;

/** The models that the operator has: the embedded one, those of MODEL_PROVIDERS, and Workers AI where it is bound. */
export function modelRegistryOf(env: Env, log: Log): ModelRegistry {
  const text = env.MODEL_PROVIDERS ?? "";
  if (read?.text !== text) {
    const providers = readProviders(text);
    read = { text, providers };
    if (!providers.ok) log("error", "models.invalid", { issues: providers.issues.join("; ") });
  }
  const { AI } = env;
  return modelRegistry({
    providers: read.providers,
    secret: (name) => {
      const value = (env as Record<string, unknown>)[name];
      return typeof value === "string" && value !== "" ? value : undefined;
    },
    workersAi: AI ? (name) => workersAiModel(AI, name) : null,
  });
}

async function workersAiModel(binding: Ai, name: string): Promise<LanguageModelV4> {
  const { createWorkersAI } = await import("workers-ai-provider");
  return createWorkersAI({ binding })(name);
}
