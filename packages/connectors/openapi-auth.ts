import type { Auth } from "#protocol/app-file/outside";
import { listOf, recordOf, resolved, type Source } from "./to-parameter.ts";

/**
 * The first way in that a tool can take, of an operation's `security` (each item one way, all of its schemes needed).
 * Each scheme becomes a secret by its name. Null when there is no way that a stored secret opens.
 */
export function authOf(
  security: unknown,
  schemes: Readonly<Record<string, unknown>>,
  source: Source,
): Auth[] | null {
  const ways = listOf(security);
  if (ways.length === 0) return [];
  for (const way of ways) {
    const names = Object.keys(recordOf(way) ?? {});
    const auth = names.map((name) =>
      schemeOf(name, resolved(Object.hasOwn(schemes, name) ? schemes[name] : null, source)),
    );
    const told = auth.filter((it) => it !== null);
    if (told.length === names.length && told.length <= 3) return told;
  }
  return null;
}

function schemeOf(name: string, scheme: Record<string, unknown> | null): Auth | null {
  if (!scheme) return null;
  const secret = secretNameOf(name);
  const at = typeof scheme.name === "string" ? scheme.name : "";
  switch (scheme.type) {
    case "http":
      return String(scheme.scheme).toLowerCase() === "basic"
        ? { kind: "basic", secret }
        : { kind: "bearer", secret };
    case "apiKey":
      if (scheme.in === "header" && /^[A-Za-z0-9-]{1,64}$/.test(at))
        return { kind: "header", secret, name: at };
      return scheme.in === "query" && at !== "" && at.length <= 64
        ? { kind: "query", secret, name: at }
        : null;
    case "oauth2":
    case "openIdConnect":
      // A token that the owner got elsewhere.
      return { kind: "bearer", secret };
    default:
      return null;
  }
}

function secretNameOf(name: string): string {
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^[^A-Za-z]+|_+$/g, "")
    .toUpperCase()
    .slice(0, 63);
  return upper === "" ? "API_KEY" : upper;
}
