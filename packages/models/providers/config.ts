import * as z from "zod";

export const PROVIDER_KINDS = ["openai", "openai-compatible", "anthropic", "google", "workers-ai"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** Names with a meaning of their own: the embedded model, and models of an app's owner (`own/{provider}/{model}`). */
const TAKEN = ["offline", "own"];
/** The platform signs with these: they go to nobody. */
const OURS = ["AUTH_SECRET", "TOKEN_SECRET"];

const secretVariable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,62}$/, "must be the name of a variable, like 'OPENAI_API_KEY'")
  .refine((name) => !OURS.includes(name), "is the platform's own secret");

const provider = z
  .strictObject({
    kind: z.enum(PROVIDER_KINDS),
    /** Where it is, if not at its usual address: another server, a gateway. The operator's, so any host will do. */
    base_url: z.url({ protocol: /^https?$/ }).optional(),
    /** Name of the Worker's secret that holds the key. */
    api_key_env: secretVariable.optional(),
    /** Name of the secret that holds the token of an authenticated Cloudflare AI Gateway. */
    gateway_token_env: secretVariable.optional(),
  })
  .refine((it) => it.kind !== "openai-compatible" || it.base_url !== undefined, {
    message: "a server that is compatible needs its base_url",
    path: ["base_url"],
  })
  .refine((it) => it.kind !== "workers-ai" || (!it.base_url && !it.api_key_env && !it.gateway_token_env), {
    message: "Workers AI is reached by the binding AI, and needs neither address nor key",
    path: ["kind"],
  });
export type ProviderConfig = z.infer<typeof provider>;

const providerName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "must be a name like 'openai'")
  .refine((name) => !TAKEN.includes(name), "is a reserved name");

const providers = z.record(providerName, provider);
export type ProviderConfigs = z.infer<typeof providers>;

/**
 * The operator's providers, of MODEL_PROVIDERS: a JSON object, `{"openai": {"kind": "openai", "api_key_env":
 * "OPENAI_API_KEY"}}`; empty for none. Keys of providers are secrets of their own and never stand in it.
 * @returns why it is not valid, by place and without its values, or the providers
 */
export function readProviders(
  text: string,
): { ok: true; providers: ProviderConfigs } | { ok: false; issues: string[] } {
  if (text === "") return { ok: true, providers: {} };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, issues: ["it is not JSON"] };
  }
  const parsed = providers.safeParse(json);
  if (parsed.success) return { ok: true, providers: parsed.data };
  const issues = parsed.error.issues.slice(0, 5);
  return { ok: false, issues: issues.map((it) => `${it.path.join(".") || "it"}: ${messageOf(it)}`) };
}

/** Of a name that is not valid zod says only that; the name's own complaint stands inside. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}
