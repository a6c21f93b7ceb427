import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { platformPrices } from "#ledger/prices/platform-prices";
import { usage } from "#ledger/usage";
import { readProviders } from "#models/providers/config";
import { modelRegistry } from "#models/registry";
import type { AppFile } from "#protocol/app-file/app";
import type { RunEvent } from "#runtime/events";
import type { Dialect } from "#test/support/model-server/dialects";
import type { ModelServer } from "#test/support/model-server/model-server";
import { scriptedModel } from "#test/support/scripted-model";
import { virtualTime } from "#test/support/virtual-time";
import { SHOP, shopChat } from "./shop.ts";

/** A model of each format, by names that the price book knows. */
export const MODELS: Record<Dialect, string> = {
  chat: "deepseek/deepseek-chat",
  responses: "openai/gpt-5",
  messages: "anthropic/claude-sonnet-5",
  gemini: "google/gemini-2.5-pro",
};

/** A chat in memory whose models are asked over HTTP by the providers' own adapters. */
export function realChat(server: ModelServer, app: Partial<AppFile>, signal?: AbortSignal) {
  const config = {
    deepseek: { kind: "openai-compatible", base_url: `${server.url}/v1`, api_key_env: "KEY" },
    openai: { kind: "openai", base_url: `${server.url}/v1`, api_key_env: "KEY" },
    anthropic: { kind: "anthropic", base_url: `${server.url}/v1`, api_key_env: "KEY" },
    google: { kind: "google", base_url: `${server.url}/v1beta`, api_key_env: "KEY" },
  };
  const registry = modelRegistry({
    providers: readProviders(JSON.stringify(config)),
    secret: () => "sk-operator",
    workersAi: null,
  });
  const time = virtualTime();
  const chat = shopChat(scriptedModel([]), { ...time, ...(signal ? { signal } : {}) });
  chat.deps.files = { ...SHOP, app: { ...SHOP.app, ...app } };
  chat.deps.resolveModel = (name) => registry.resolve(name);
  const { ledger } = chat.meter;
  ledger.prices = platformPrices();
  return {
    ...chat,
    time,
    /** What was charged: one line for each attempt that used something. */
    charged: () =>
      ledger.sql.exec(
        "SELECT model, attempt, input, cache_read, output, source FROM usage_rows ORDER BY row_id",
      ),
    held: () => usage(ledger).held_nano,
    /** When a model's first piece of reasoning has been taken in. */
    thought(): Promise<void> {
      const { resolveModel } = chat.deps;
      return new Promise((heard) => {
        chat.deps.resolveModel = async (name) => {
          const model = await resolveModel(name);
          if (!model) return null;
          return {
            ...scriptedModel([]),
            async doStream(options) {
              const { stream } = await model.doStream(options);
              const tap = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
                transform(part, out) {
                  out.enqueue(part);
                  if (part.type === "reasoning-delta") setImmediate(heard);
                },
              });
              return { stream: stream.pipeThrough(tap) };
            },
          };
        };
      });
    },
  };
}

export function textOf(events: readonly RunEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.delta : "")).join("");
}

/** How a turn ended, in one line: `completed`, or `failed empty`. */
export function endOf(events: readonly RunEvent[]): string {
  const last = events.at(-1);
  if (last?.type !== "failed") return last?.type ?? "nothing";
  return `failed ${String(last.details?.reason ?? last.code)}`;
}
