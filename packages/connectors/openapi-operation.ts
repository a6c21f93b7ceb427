import { type HttpTool, httpTool } from "#protocol/app-file/http-tool";
import type { Parameter } from "#protocol/app-file/outside";
import { authOf } from "./openapi-auth.ts";
import { SCHEMAS_PER_OPERATION, snake, unused } from "./openapi-document.ts";
import { line, listOf, recordOf, resolved, type Source, toParameter } from "./to-parameter.ts";

export type Operation = {
  method: string;
  path: string;
  operation: Record<string, unknown>;
  /** Parameters of the whole path. */
  shared: unknown[];
  server: string | null;
  security: unknown;
  schemes: Record<string, unknown>;
  source: Source;
};

type Made = { ok: true; name: string; tool: HttpTool } | { ok: false; reason: string };
type Draft = {
  parameters: Map<string, Parameter>;
  required: string[];
  query: Record<string, string>;
  headers: Record<string, string>;
  path: string;
};

/** One operation as a tool, or why it can't be one. Arguments are in snake_case, whatever the API calls them. */
export function operationTool(it: Operation): Made {
  const { operation, method, source } = it;
  source.left = SCHEMAS_PER_OPERATION;
  if (it.server === null) return no("It names no https server.");
  const auth = authOf(it.security, it.schemes, source);
  if (auth === null) return no("It wants a way to sign in that a stored secret can't give.");
  const draft: Draft = { parameters: new Map(), required: [], query: {}, headers: {}, path: it.path };
  const given = new Map<string, Record<string, unknown>>();
  for (const raw of [...it.shared, ...listOf(operation.parameters)]) {
    const parameter = resolved(raw, source);
    if (!parameter || typeof parameter.name !== "string") return no("One of its parameters can't be read.");
    given.set(`${parameter.in}:${parameter.name}`, parameter);
  }
  for (const parameter of given.values()) {
    const problem = takeParameter(parameter, draft, auth.length > 0, source);
    if (problem) return no(problem);
  }
  // Templates of the path that nobody described would be sent as they stand.
  if (/\{[^}]*[^a-z0-9_}][^}]*\}/.test(draft.path) || undescribed(draft))
    return no("Its path has parts that it does not describe.");
  const body = takeBody(operation, draft, source);
  if (!body.ok) return body;
  const name = snake(
    typeof operation.operationId === "string" ? operation.operationId : `${method} ${it.path}`,
  );
  const description =
    line(operation.summary ?? operation.description, 600) ?? `${method.toUpperCase()} ${it.path}`;
  const checked = httpTool.safeParse({
    kind: "http",
    description,
    ...(method === "get" || method === "head" ? {} : { approval: { by: "user" } }),
    method: method.toUpperCase(),
    url: it.server + draft.path,
    query: draft.query,
    headers: draft.headers,
    ...(body.value === undefined ? {} : { body: body.value, body_as: body.as }),
    auth,
    parameters: Object.fromEntries(draft.parameters),
    required: draft.required,
  });
  if (checked.success) return { ok: true, name, tool: checked.data };
  const [issue] = checked.error.issues;
  return no(`It can't be told as a tool: ${issue?.path.join(".")} ${issue?.message}.`);
}

/** Why the operation can't be a tool because of this parameter, or null. */
function takeParameter(
  parameter: Record<string, unknown>,
  draft: Draft,
  hasAuth: boolean,
  source: Source,
): string | null {
  const outer = String(parameter.name);
  const place = parameter.in;
  const required = parameter.required === true || place === "path";
  if (place === "cookie") return required ? `It needs the cookie "${outer}".` : null;
  if (place === "header" && /^(authorization|accept|content-type|cookie)$/i.test(outer))
    return required && !hasAuth && /^authorization$/i.test(outer)
      ? "It needs an authorization it does not describe."
      : null;
  const content = Object.values(recordOf(parameter.content) ?? {})[0];
  const told = toParameter(parameter.schema ?? recordOf(content)?.schema, source) ?? {
    type: "string" as const,
  };
  if (told.type === "object") return required ? `Its parameter "${outer}" is an object.` : null;
  const inner = add(draft, outer, { ...told, ...textOf(parameter.description) }, required);
  if (place === "path") draft.path = draft.path.replaceAll(`{${outer}}`, `{${inner}}`);
  else if (place === "query") draft.query[outer] = `{${inner}}`;
  else if (place === "header") draft.headers[outer] = `{${inner}}`;
  return null;
}

type Body = { ok: true; value?: Record<string, string> | string; as?: "json" | "form" };

function takeBody(
  operation: Record<string, unknown>,
  draft: Draft,
  source: Source,
): Body | { ok: false; reason: string } {
  const body = resolved(operation.requestBody, source);
  if (!body) return { ok: true };
  const content = recordOf(body.content) ?? {};
  const type = Object.keys(content).find((name) => /[/+]json\b|x-www-form-urlencoded/.test(name));
  if (type === undefined)
    return body.required === true ? no("Its body is neither JSON nor a form.") : { ok: true };
  const as = type.includes("form") ? ("form" as const) : ("json" as const);
  const schema = toParameter(recordOf(content[type])?.schema, source);
  if (!schema) return body.required === true ? no("Nothing can be told of its body.") : { ok: true };
  if (schema.type !== "object" || !schema.properties) {
    const inner = add(draft, "body", schema, body.required === true);
    return { ok: true, value: `{${inner}}`, as };
  }
  const { properties = {}, required = [] } = schema;
  const value: Record<string, string> = {};
  for (const [name, property] of Object.entries(properties))
    value[name] = `{${add(draft, name, property, body.required === true && required.includes(name))}}`;
  return { ok: true, value, as };
}

/** Adds a parameter under a name of our own; returns it. */
function add(draft: Draft, outer: string, parameter: Parameter, required: boolean): string {
  const inner = unused(snake(outer), new Set(draft.parameters.keys()));
  draft.parameters.set(inner, parameter);
  if (required) draft.required.push(inner);
  return inner;
}

function undescribed(draft: Draft): boolean {
  return [...draft.path.matchAll(/\{([^}]*)\}/g)].some(([, name = ""]) => !draft.parameters.has(name));
}

function textOf(description: unknown): { description?: string } {
  const text = line(description, 400);
  return text ? { description: text } : {};
}

function no(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
