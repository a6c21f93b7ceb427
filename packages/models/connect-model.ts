import type { LanguageModelV4 } from "@ai-sdk/provider";
import { assertNever } from "#base/assert-never";

/** The wire a provider speaks, where it is and what opens it. */
export type Connection = {
  kind: "openai" | "openai-compatible" | "anthropic" | "google";
  base_url?: string | undefined;
  key: string | null;
  /** How it is reached: an owner's provider is nobody the platform trusts. */
  fetch?: typeof fetch;
};

/**
 * A model of a provider, by the AI SDK's own adapters. Each is loaded when it is first wanted: together they would
 * double the time in which an isolate starts.
 */
export async function connectModel(
  provider: string,
  model: string,
  connection: Connection,
): Promise<LanguageModelV4> {
  const { kind, base_url, key, fetch } = connection;
  const settings = {
    ...(base_url === undefined ? {} : { baseURL: base_url }),
    ...(fetch ? { fetch } : {}),
    // An adapter without a key looks for one in the environment of Node.
    apiKey: key ?? "none",
  };
  switch (kind) {
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI(settings)(model);
    }
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      // Asked for, or the answer says nothing of its tokens.
      return createOpenAICompatible({
        ...settings,
        baseURL: base_url ?? "",
        name: provider,
        includeUsage: true,
      })(model);
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic(settings)(model);
    }
    case "google": {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
      return createGoogleGenerativeAI(settings)(model);
    }
    default:
      return assertNever(kind);
  }
}
