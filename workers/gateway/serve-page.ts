import { appUrl } from "../app-url.ts";
import { appAt } from "./app-at.ts";
import type { Call } from "./call.ts";
import { dressPage, iconOf, manifestOf } from "./dress-page.ts";
import { EMBED_PATHS, serveEmbed } from "./serve-embed.ts";
import type { SiteAddress } from "./site-of.ts";

/** What the routes answer, whatever the host. */
const ROUTED = /^\/(api|ws|chat|a|dev)\//;

const NOTHING = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Nothing here</title>
<p>There is nothing here.</p></html>
`;
const NOTHING_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

/** Whether a path is one of the UI's. Programs that come by `/a/{slug}` get none. */
export function isPage(site: SiteAddress | null, path: string): boolean {
  return !ROUTED.test(path) && (site === null || site.prefix === "");
}

/**
 * The UI, at the foundry's host and at those of apps. A page of an app is asked for at its main address: at its other
 * ones, and at slugs that it had, the browser is sent there, with path and query. Any other host has one page, which
 * says nothing of anybody.
 */
export async function servePage(request: Request, call: Call): Promise<Response> {
  const { site, deps, origin } = call;
  const { env, db } = deps;
  if (site === null) return nothing(call);
  if (site.kind !== "foundry") {
    const found = await appAt(db, site);
    if (found === null) return nothing(call);
    const { app, moved } = found;
    const { pathname, search } = new URL(request.url);
    // At each of the app's addresses: other sites name one for good.
    if (pathname === "/widget.js") return serveEmbed(request, call, app);
    const main = appUrl(env, app);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (reads && (moved || app.primaryHost !== null) && origin !== main) {
      const headers = { location: `${main}${pathname}${search}`, "cache-control": "no-store" };
      return new Response(null, { status: 308, headers });
    }
    if (EMBED_PATHS.has(pathname)) return serveEmbed(request, call, app);
    if (reads && pathname === "/manifest.webmanifest") return manifestOf(app);
    if (reads && pathname === "/icon.svg") return iconOf(app);
    // The page is the same for all apps, what is said in it is not: it is never "not modified".
    const whole = new Request(request);
    whole.headers.delete("if-none-match");
    whole.headers.delete("if-modified-since");
    return dressPage(await env.ASSETS.fetch(whole), app);
  }
  if (EMBED_PATHS.has(new URL(request.url).pathname)) return nothing(call);
  return env.ASSETS.fetch(request);
}

function nothing({ requestId }: Call): Response {
  return new Response(NOTHING, { status: 404, headers: { ...NOTHING_HEADERS, "x-request-id": requestId } });
}
