import type { LanguageModelV4 } from "@ai-sdk/provider";

/** Makes a provider's model by its name, or null when the provider has none of that name. */
type ModelProvider = (modelName: string) => LanguageModelV4 | null;

type ModelRegistry = { resolve(id: string): LanguageModelV4 | null };

/** Finds models by `{provider}/{model}`, e.g. `offline/mozaiks-1`; a model's own name may hold more slashes. */
export function modelRegistry(providers: Record<string, ModelProvider>): ModelRegistry {
  const known = new Map(Object.entries(providers));
  return {
    resolve(id) {
      const slash = id.indexOf("/");
      if (slash < 1 || slash === id.length - 1) return null;
      return known.get(id.slice(0, slash))?.(id.slice(slash + 1)) ?? null;
    },
  };
}
