import type { HttpTool } from "#protocol/app-file/http-tool";
import { type Args, fillJson, fillText, placeholders, placeholdersIn } from "./fill.ts";

/** A request as the app's file and the arguments make it, before any secret is put in. */
export type HttpRequest = { method: string; url: string; headers: Record<string, string>; body?: string };

export type MadeRequest = { ok: true; request: HttpRequest } | { ok: false; error: string };

/** Pure: the same arguments make the same request, so that an approval shows what will be sent. */
export function httpRequest(tool: HttpTool, args: Args): MadeRequest {
  const made = address(tool, args);
  if (!made.ok) return made;
  const { url } = made;
  for (const [name, template] of Object.entries(tool.query)) {
    const value = fillText(template, args);
    if (value !== null) url.searchParams.append(name, value);
  }
  const headers: Record<string, string> = { accept: "application/json, text/*;q=0.8" };
  for (const [name, template] of Object.entries(tool.headers)) {
    const value = fillText(template, args);
    if (value !== null) headers[name.toLowerCase()] = value;
  }
  const body = bodyOf(tool, args);
  if (body !== undefined)
    headers["content-type"] ??=
      tool.body_as === "form" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    ok: true,
    request: { method: tool.method, url: url.href, headers, ...(body === undefined ? {} : { body }) },
  };
}

/** The host is the file's alone; an argument fills one part of the path or query and can't climb out of it. */
function address(tool: HttpTool, args: Args): { ok: true; url: URL } | { ok: false; error: string } {
  const [path = "", query] = split(tool.url);
  for (const name of placeholders(path)) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined || value === null || value === "")
      return { ok: false, error: `"${name}" is needed.` };
  }
  const filled = fillText(path, args, encodeURIComponent) ?? path;
  if (filled.split("/").some((part) => /^(\.|%2e){1,2}$/i.test(part)))
    return { ok: false, error: "An argument can't stand for another place in the address." };
  if (!URL.canParse(filled)) return { ok: false, error: "The arguments make no valid address." };
  const url = new URL(filled);
  for (const [name, template] of new URLSearchParams(query ?? "")) {
    const value = fillText(template, args);
    if (value !== null) url.searchParams.append(name, value);
  }
  return { ok: true, url };
}

function split(url: string): [string, string | undefined] {
  const at = url.indexOf("?");
  return at === -1 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

function bodyOf(tool: HttpTool, args: Args): string | undefined {
  if (tool.method === "GET" || tool.method === "HEAD") return undefined;
  const value = tool.body === undefined ? leftOver(tool, args) : fillJson(tool.body, args);
  if (value === undefined || value === null) return undefined;
  if (tool.body_as === "json") return JSON.stringify(value);
  const fields = typeof value === "object" ? Object.entries(value) : [];
  return new URLSearchParams(
    fields.map(([name, it]) => [name, typeof it === "object" ? JSON.stringify(it) : String(it)]),
  ).toString();
}

/** The arguments that stand nowhere else. A DELETE has no body of itself. */
function leftOver(tool: HttpTool, args: Args): Record<string, unknown> | undefined {
  if (tool.method === "DELETE") return undefined;
  const used = new Set([...placeholders(tool.url), ...placeholdersIn([tool.query, tool.headers])]);
  return Object.fromEntries(Object.entries(args).filter(([name]) => !used.has(name)));
}
