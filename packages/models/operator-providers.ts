import * as z from "zod";

/** Names of Worker variables and secrets. */
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "must be the name of a variable, like OPENAI_API_KEY");

/**
 * A provider the operator has. Keys stand in Worker secrets, never in this text. A gateway, such as Cloudflare's AI
 * Gateway, is a `base_url`.
 */
const operatorProvider = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["openai", "anthropic", "google"]),
    base_url: z.url().optional(),
    /** The secret that holds its key. */
    key: variable,
  }),
  z.strictObject({ kind: z.literal("openai-compatible"), base_url: z.url(), key: variable.optional() }),
  /** The account's own binding, which must be called `AI`. */
  z.strictObject({ kind: z.literal("workers-ai") }),
]);
export type OperatorProvider = z.infer<typeof operatorProvider>;

const name = z
  .string()
  .regex(/^[a-z0-9-]+$/, "must be lower-case letters, digits and '-'")
  .refine((it) => it !== "offline" && !it.startsWith("own-"), "is a reserved name");

const operatorProviders = z.record(name, operatorProvider);

/**
 * The text of MODEL_PROVIDERS: `{"openai": {"kind": "openai", "key": "OPENAI_API_KEY"}, …}`. Each key is the first
 * half of model names. Empty: none but the embedded one.
 */
export function readOperatorProviders(
  text: string,
): { ok: true; providers: Record<string, OperatorProvider> } | { ok: false; issues: string[] } {
  if (text.trim() === "") return { ok: true, providers: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, issues: ["MODEL_PROVIDERS is not JSON"] };
  }
  const parsed = operatorProviders.safeParse(value);
  if (parsed.success) return { ok: true, providers: parsed.data };
  return {
    ok: false,
    issues: parsed.error.issues.map((it) => `${["MODEL_PROVIDERS", ...it.path].join(".")}: ${it.message}`),
  };
}
