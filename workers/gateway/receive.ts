import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import type { Call } from "./call.ts";
import { gateway } from "./gateway.ts";
import { securePage } from "./middleware/security-headers.ts";
import { isPage, servePage } from "./serve-page.ts";
import { namesOneHost, siteOf } from "./site-of.ts";

/** Headers that only we may write: what objects are told about a caller, and what local runs use as the address. */
const OURS = /^(x-mozaiks-|mf-|x-forwarded-|x-request-id$)/;

/**
 * The first to see a request: finds out which site it means, serves its pages, cleans all else and hands it to the routes. `/a/{slug}/…`
 * becomes `/…` of that app, without cookies, and the query `app_id` is `enterprise_id`.
 */
export async function receive(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const url = new URL(request.url);
  const found = namesOneHost(url, request.headers.get("host"))
    ? siteOf(url, { foundryUrl: env.FOUNDRY_URL, appsHost: env.APPS_HOST })
    : null;
  const deps = compose(env);
  const call: Call = { deps, requestId: deps.newId("req"), site: found?.site ?? null, origin: url.origin };

  if (isPage(found?.site ?? null, url.pathname)) return securePage(await servePage(request, call), call);

  const headers = new Headers(request.headers);
  for (const name of [...headers.keys()]) if (OURS.test(name)) headers.delete(name);
  if (found?.site.kind === "app" && !found.site.cookies) headers.delete("cookie");
  if (found) url.pathname = found.path;
  const appId = url.searchParams.get("app_id");
  if (appId !== null && !url.searchParams.has("enterprise_id")) url.searchParams.set("enterprise_id", appId);
  return gateway.fetch(new Request(new Request(url, request), { headers }), call, ctx);
}
