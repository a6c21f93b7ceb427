import type { LanguageModelV4 } from "@ai-sdk/provider";
import { appError } from "#base/app-error";
// By its full name, as tests and benchmarks put a slower one in its place.
import { offlineModel } from "#models/offline/offline-model";
import type { ProviderConfig, readProviders } from "./providers/config.ts";
import { makeModel } from "./providers/make-model.ts";

export type ModelRegistry = {
  /**
   * The model of a name like `openai/gpt-5`, or null if there is none. Error: MODELS_INVALID when the operator's
   * providers can't be read; the embedded model is there all the same.
   */
  resolve(id: string): Promise<LanguageModelV4 | null>;
  /** Whether there is such a provider; null when that is not known. */
  knows(provider: string): boolean | null;
};

export type RegistryDeps = {
  /** What MODEL_PROVIDERS says. */
  providers: ReturnType<typeof readProviders>;
  /** A secret of the Worker by its name. */
  secret: (name: string) => string | undefined;
  /** Models of Workers AI, where its binding is present. */
  workersAi: ((modelName: string) => Promise<LanguageModelV4>) | null;
};

/** Finds models by `{provider}/{model}`; a model's own name may hold more slashes: `workers-ai/@cf/meta/llama-3`. */
export function modelRegistry(deps: RegistryDeps): ModelRegistry {
  const { providers: read, workersAi } = deps;
  const configured = new Map(read.ok ? Object.entries(read.providers) : []);

  async function resolve(id: string): Promise<LanguageModelV4 | null> {
    const slash = id.indexOf("/");
    if (slash < 1 || slash === id.length - 1) return null;
    const [provider, name] = [id.slice(0, slash), id.slice(slash + 1)];
    if (provider === "offline") return name === "mozaiks-1" ? offlineModel() : null;
    if (!read.ok) throw appError("MODELS_INVALID");
    const config = configured.get(provider);
    if (config) return modelOf(provider, config, name);
    return provider === "workers-ai" && workersAi ? workersAi(name) : null;
  }

  async function modelOf(provider: string, config: ProviderConfig, name: string) {
    if (config.kind === "workers-ai") return workersAi ? workersAi(name) : null;
    const token = config.gateway_token_env && deps.secret(config.gateway_token_env);
    return makeModel(config.kind, name, {
      name: provider,
      base_url: config.base_url,
      api_key: config.api_key_env && deps.secret(config.api_key_env),
      ...(token ? { headers: { "cf-aig-authorization": `Bearer ${token}` } } : {}),
    });
  }

  return {
    resolve,
    knows(provider) {
      if (provider === "offline") return true;
      if (!read.ok) return null;
      return configured.has(provider) || (provider === "workers-ai" && workersAi !== null);
    },
  };
}
