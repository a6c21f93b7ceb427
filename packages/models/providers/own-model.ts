import type { LanguageModelV4 } from "@ai-sdk/provider";
import { type HttpKind, makeModel } from "./make-model.ts";
import { addressProblem } from "./own-address.ts";

/** A provider as an app's owner names it: `key` is the name of a secret. */
export type OwnProvider = { kind: HttpKind; base_url?: string | undefined; key?: string | undefined };

export type OwnDeps = {
  secret: (name: string) => Promise<string | null>;
  /** The way out to addresses that others choose: it must not lead into private networks. */
  fetch: typeof fetch;
};

/**
 * A model at a provider of the app's owner, asked with the owner's key.
 * @returns why it can't be had: its secret is not stored, or its address is none that may be asked
 */
export async function ownModel(
  name: string,
  provider: OwnProvider,
  modelName: string,
  deps: OwnDeps,
): Promise<
  { ok: true; model: LanguageModelV4; key: string | null } | { ok: false; reason: "no_key" | "address" }
> {
  if (provider.base_url !== undefined && addressProblem(provider.base_url) !== null)
    return { ok: false, reason: "address" };
  const key = provider.key === undefined ? null : await deps.secret(provider.key);
  if (provider.key !== undefined && !key) return { ok: false, reason: "no_key" };
  const model = await makeModel(provider.kind, modelName, {
    name: `own.${name}`,
    base_url: provider.base_url,
    ...(key === null ? {} : { api_key: key }),
    fetch: straight(deps.fetch),
  });
  return { ok: true, model, key };
}

/** Follows no redirect: it would carry the key, and the conversation, to where nobody has looked. */
function straight(send: OwnDeps["fetch"]): OwnDeps["fetch"] {
  return async (input, init) => {
    const answer = await send(input, { ...init, redirect: "manual" });
    if (answer.status > 0 && (answer.status < 300 || answer.status > 399)) return answer;
    await answer.body?.cancel();
    return new Response(null, { status: 403, statusText: "redirects are not followed" });
  };
}
