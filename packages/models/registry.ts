import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { OwnProvider } from "#protocol/app-file/model";
import { connectModel } from "./connect-model.ts";

/** Makes a provider's model by its name, or null when the provider has none of that name. */
type ModelProvider = (modelName: string) => LanguageModelV4 | null | Promise<LanguageModelV4 | null>;

/** Finds models by `{provider}/{model}`, e.g. `offline/mozaiks-1`; a model's own name may hold more slashes. */
export function modelRegistry(providers: Record<string, ModelProvider>) {
  const known = new Map(Object.entries(providers));
  return {
    async resolve(id: string): Promise<LanguageModelV4 | null> {
      const [provider, model] = partsOf(id);
      return (await known.get(provider)?.(model)) ?? null;
    },
  };
}

/**
 * A model of a provider that the app brings itself; null where the app has none of that name, or its key is not
 * there. `secret` reads a secret of the same enterprise.
 */
export async function ownModel(
  id: string,
  providers: Record<string, OwnProvider>,
  reach: { secret: (name: string) => Promise<string | null>; fetch: typeof fetch },
): Promise<LanguageModelV4 | null> {
  const [provider, model] = partsOf(id);
  const own = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  if (!own || model === "") return null;
  const key = own.key === undefined ? null : await reach.secret(own.key);
  if (own.key !== undefined && key === null) return null;
  return connectModel(provider, model, { kind: own.kind, base_url: own.base_url, key, fetch: reach.fetch });
}

function partsOf(id: string): [provider: string, model: string] {
  const slash = id.indexOf("/");
  return slash < 1 ? ["", ""] : [id.slice(0, slash), id.slice(slash + 1)];
}
