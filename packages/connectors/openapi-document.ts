import { recordOf, type Source } from "./to-parameter.ts";

/** Schemas that one operation may take. */
export const SCHEMAS_PER_OPERATION = 400;

/** Looks `#/components/…` up in a document, own properties only; never leaves it. */
export function sourceOf(document: unknown): Source {
  const find = (ref: string) => {
    if (!ref.startsWith("#/")) return undefined;
    let at: unknown = document;
    for (const part of ref.slice(2).split("/")) {
      const name = unescapePart(part);
      if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
      at = Reflect.get(at, name);
    }
    return at;
  };
  return { find, left: SCHEMAS_PER_OPERATION };
}

function unescapePart(part: string): string {
  const pointer = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}

/** The first https server of a list, with its variables' defaults, or null. A relative one has no host to call. */
export function serverOf(servers: unknown): string | null {
  for (const it of Array.isArray(servers) ? servers : []) {
    const server = recordOf(it);
    if (typeof server?.url !== "string") continue;
    const variables = recordOf(server.variables) ?? {};
    const url = server.url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const variable = Object.hasOwn(variables, name) ? recordOf(variables[name]) : null;
      return typeof variable?.default === "string" ? variable.default : whole;
    });
    if (URL.canParse(url) && new URL(url).protocol === "https:" && !/[{}]/.test(url))
      return url.split(/[?#]/)[0]?.replace(/\/+$/, "") ?? null;
  }
  return null;
}

/** `get_order_by_id` of `getOrderById` or `GET /orders/{id}`: a name that tools may have. */
export function snake(text: string): string {
  const name = text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^[^A-Za-z]+|_+$/g, "")
    .toLowerCase()
    .slice(0, 56);
  return name === "" ? "call" : name;
}

/** The name, or with a number behind it where it is taken. */
export function unused(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2, free = name; ; n += 1) {
    if (!taken.has(free)) return free;
    free = `${name}_${n}`;
  }
}
