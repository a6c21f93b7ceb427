import * as z from "zod";

/** `{provider}/{model}`, e.g. `offline/mozaiks-1` or `openai/gpt-5-mini`; a model's own name may hold more slashes. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9-]+\/[\w.\-/:@]{1,120}$/, "must look like provider/model, e.g. 'openai/gpt-5-mini'");

/**
 * A provider the app brings itself, paid by its owner directly: its tokens are counted, and cost nothing here. Named
 * `own-…`, so that no app can shadow a provider of the platform.
 */
export const ownProvider = z.strictObject({
  kind: z.enum(["openai", "openai-compatible", "anthropic", "google"]),
  /** Where it answers; needed for `openai-compatible`, the provider's own address for the others. */
  base_url: z
    .url({ protocol: /^https$/ })
    .max(300)
    .optional(),
  /** The name of the app's secret that holds the key. */
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,63}$/, "must be the name of a secret, like 'MY_API_KEY'")
    .optional(),
});
export type OwnProvider = z.infer<typeof ownProvider>;

export const ownProviders = z.record(
  z.string().regex(/^own-[a-z0-9]+(-[a-z0-9]+)*$/, "must begin with 'own-', like 'own-openai'"),
  ownProvider,
);
