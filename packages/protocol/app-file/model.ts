import * as z from "zod";

/**
 * A model: `{provider}/{model}`, e.g. `offline/mozaiks-1`, `anthropic/claude-sonnet-5`; `own/{provider}/{model}` for one
 * of the owner's own providers.
 */
export const modelName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}\/[\w.\-/:@]{1,120}$/, "must look like 'provider/model'");

/**
 * A provider that the app's owner pays: with a key of theirs, at its usual address or at `base_url`. `key` is the name
 * of a secret of the app, never the key itself.
 */
export const ownProvider = z
  .strictObject({
    kind: z.enum(["openai", "openai-compatible", "anthropic", "google"]),
    base_url: z
      .url({ protocol: /^https$/ })
      .max(300)
      .optional(),
    key: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,62}$/, "must be the name of a secret, like 'MY_API_KEY'")
      .optional(),
  })
  .refine((it) => it.kind !== "openai-compatible" || it.base_url !== undefined, {
    message: "a server that is compatible needs its `base_url`",
    path: ["base_url"],
  });
