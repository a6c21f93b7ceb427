import type { LanguageModelV4, SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { ProviderKind } from "./config.ts";

/** Where a provider is and how it is asked. */
export type Access = {
  /** What its models are called by in errors. */
  name: string;
  base_url?: string | undefined;
  api_key?: string | undefined;
  headers?: Record<string, string>;
  /** The way there; the platform's own by default. */
  fetch?: typeof fetch;
};

/** Workers AI is a binding of the Worker, not an address. */
export type HttpKind = Exclude<ProviderKind, "workers-ai">;

/** Options of every call, by provider. OpenAI keeps what its Responses API answers for 30 days unless told not to. */
export const CALL_OPTIONS: SharedV4ProviderOptions = { openai: { store: false } };

/** Servers without a key get this one: the adapters insist on some. */
const NO_KEY = "none";

/**
 * The model of that name at a provider. Its adapter is loaded when it is first needed: together they would double
 * the time a Worker takes to start.
 */
export async function makeModel(kind: HttpKind, modelName: string, access: Access): Promise<LanguageModelV4> {
  const { name, base_url: baseURL, api_key: apiKey = NO_KEY, headers, fetch } = access;
  const settings = {
    name,
    apiKey,
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(headers === undefined ? {} : { headers }),
    ...(fetch === undefined ? {} : { fetch }),
  };
  switch (kind) {
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI(settings).responses(modelName);
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic(settings).languageModel(modelName);
    }
    case "google": {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
      return createGoogleGenerativeAI(settings).languageModel(modelName);
    }
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      // Without `includeUsage` such a server tells no usage at all in a stream.
      const all = { ...settings, baseURL: baseURL ?? "", includeUsage: true };
      const { apiKey: key, ...keyless } = all;
      return createOpenAICompatible(key === NO_KEY ? keyless : all).chatModel(modelName);
    }
  }
}
