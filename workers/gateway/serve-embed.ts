import { sha256Hex } from "#base/sha256-hex";
import { scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { readIdentity } from "#identity/identity-settings";
import { appUrl } from "../app-url.ts";
import type { Call } from "./call.ts";

/** The loader, the page that it holds in a frame, and a bare page with the loader on it. */
export const EMBED_PATHS: ReadonlySet<string> = new Set(["/widget.js", "/embed", "/embed/try"]);

/** Where the built loader has its app, as JSON in a text; where the built page has what it may tell whom. */
const APP_IN_LOADER = /(["'`])\{mozaiks:app\}\1/;
const SETTINGS_IN_PAGE = "{mozaiks:embed}";
const NO_WIDGET = "/* This app is not available. */\n";

/** What other sites load of an app: one of `EMBED_PATHS`. */
export async function serveEmbed(request: Request, call: Call, app: EnterpriseRow): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/widget.js") return loader(request, call, app);
  if (pathname === "/embed/try") return tryPage(request, call, app);
  return embedPage(request, call, app);
}

/**
 * The script for other people's pages, with the app's name, colour and main address in it: the button is drawn without
 * asking anything. The same for every page, so that caches may keep it; five minutes, then by its tag.
 */
async function loader(request: Request, { deps }: Call, app: EnterpriseRow): Promise<Response> {
  const built = await deps.env.ASSETS.fetch(new URL("/widget.js", request.url));
  const { name, branding } = app;
  const about = { origin: appUrl(deps.env, app), name, colour: branding.primary_color ?? null };
  const text =
    app.status === "live" ? (await built.text()).replace(APP_IN_LOADER, () => jsText(about)) : NO_WIDGET;
  const etag = `"${(await sha256Hex(text)).slice(0, 32)}"`;
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=300, stale-while-revalidate=86400",
    etag,
    // For pages that isolate themselves (COEP), and for `crossorigin` on the script.
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
  };
  if (request.headers.get("if-none-match")?.includes(etag))
    return new Response(null, { status: 304, headers });
  return new Response(text, { headers });
}

/** A value as a JavaScript string of JSON that no part of it can leave. */
function jsText(value: unknown): string {
  return JSON.stringify(JSON.stringify(value)).replace(
    /[\u2028\u2029<]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The chat, for frames of the app's own pages, of the foundry (its preview) and of the origins that it has set: no others. */
async function embedPage(request: Request, { deps }: Call, app: EnterpriseRow): Promise<Response> {
  const { env, db } = deps;
  const { origins, sharesText } = await readIdentity(db, scopeOf(app.enterpriseId));
  const hosts = [new URL(env.FOUNDRY_URL).origin, ...origins];
  const built = await env.ASSETS.fetch(new URL("/embed", request.url));
  const settings = JSON.stringify({ hosts, share_text: sharesText });
  const html = (await built.text()).replace(SETTINGS_IN_PAGE, () => attributeText(settings));
  const headers = new Headers(built.headers);
  const policy = (headers.get("content-security-policy") ?? "").replace(/;?\s*frame-ancestors[^;]*/, "");
  headers.set(
    "content-security-policy",
    `${policy && `${policy}; `}frame-ancestors 'self' ${hosts.join(" ")}`,
  );
  headers.delete("x-frame-options");
  // It holds who may frame it, so nothing old is shown. A page that isolates itself may hold it, and it isolates itself.
  headers.delete("etag");
  headers.set("cache-control", "no-store");
  headers.set("cross-origin-embedder-policy", "require-corp");
  headers.set("cross-origin-resource-policy", "cross-origin");
  return new Response(html, { status: built.status, headers });
}

function attributeText(text: string): string {
  return text.replace(/[&"<>]/g, (it) => `&#${it.charCodeAt(0)};`);
}

/** What the script's tag may say, as `data-…`. */
const ATTRIBUTES = ["position", "colour", "greeting", "language"];

/** A page of the app's own on which its owner tries the button; its query is handed on as the script's attributes. */
function tryPage(request: Request, { requestId }: Call, app: EnterpriseRow): Response {
  const { searchParams } = new URL(request.url);
  const said = ATTRIBUTES.filter((name) => searchParams.has(name));
  const data = said.map((name) => ` data-${name}="${attributeText(searchParams.get(name) ?? "")}"`).join("");
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${attributeText(app.name)}</title>
<h1>A page of yours</h1><p>This is how ${attributeText(app.name)} stands on it.</p>
<script src="/widget.js" async${data}></script></html>
`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; script-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "x-request-id": requestId,
    },
  });
}
