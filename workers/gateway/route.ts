import { createRoute, OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import * as z from "zod";
import { appError } from "#base/app-error";
import type { KeyScope } from "#protocol/api/key";
import { errorBody } from "#protocol/errors";
import type { RoughLimit } from "../rate-limiter/rough-limit.ts";
import type { GatewayEnv } from "./call.ts";
import { idempotent } from "./middleware/idempotent.ts";
import { jsonOnly } from "./middleware/json-only.ts";
import { requireChatCaller } from "./middleware/require-chat-caller.ts";
import { requireSession } from "./middleware/require-session.ts";
import { roughOfCaller } from "./middleware/rough.ts";

type Guarded = {
  /** `public`: anybody. `session`: somebody of this address's realm, or 401 before anything else is looked at. `chat`: by a chat token too. */
  access: "public" | "session" | "chat";
  /** An API key may call it too: the scope that its handler asks of one, by `seeAs`. */
  key?: KeyScope;
  /** Honours `Idempotency-Key`. */
  creates?: boolean;
  /** A rough limit of its own, beside that of all calls of a caller. */
  rough?: RoughLimit;
  /** Takes a form with a file, which its handler reads by `readForm`; every other body is JSON. */
  upload?: boolean;
};

/** A route of the published API: who may call it, and its schemas. */
export function route<const P extends string, R extends Omit<RouteConfig, "path"> & { path: P } & Guarded>(
  it: R,
) {
  const { access, key, creates, upload, rough, ...config } = it;
  const middleware: MiddlewareHandler<GatewayEnv>[] = [];
  if (access === "session") middleware.push(requireSession(key !== undefined));
  if (access === "chat") middleware.push(requireChatCaller);
  if (access !== "public") middleware.push(roughOfCaller("CALLS"));
  if (rough) middleware.push(roughOfCaller(rough));
  if (config.request?.body && !upload) middleware.push(jsonOnly);
  if (creates) middleware.push(idempotent);
  const security = access !== "public" ? [{ bearer: [] }, { cookie: [] }] : [];
  const keys = key === undefined ? {} : { "x-api-key-scope": key };
  return createRoute<P, R>({ ...config, ...keys, middleware, security } as unknown as R);
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

/** A form as it is published; its handler parses it, so no schema of ours reads it before its limit is kept. */
export function formBody(fields: readonly string[]) {
  const properties = {
    ...Object.fromEntries(fields.map((name) => [name, { type: "string" as const }])),
    file: { type: "string" as const, format: "binary" },
  };
  const schema = { type: "object" as const, properties, required: [...fields, "file"] };
  return { required: true, content: { "multipart/form-data": { schema } } };
}

/** The good answer of a route, and that anything else is the one error shape. */
export function answers<const N extends number, S extends z.ZodType>(
  status: N,
  schema: S,
  description: string,
) {
  const json = <T extends z.ZodType>(of: T, text: string) =>
    ({ description: text, content: { "application/json": { schema: of } } }) as const;
  return { [status]: json(schema, description), default: json(errorBody, "An error") } as {
    [K in N]: { description: string; content: { "application/json": { schema: S } } };
  };
}

/** The good answer of a route that answers with a file. */
export function answersFile<const T extends string>(type: T, description: string) {
  const schema = { type: "string" as const, format: "binary" };
  return {
    200: { description, content: { [type]: { schema } } as Record<T, { schema: typeof schema }> },
    default: { description: "An error", content: { "application/json": { schema: errorBody } } },
  };
}

/** `app_id` is accepted wherever `enterprise_id` is: here in bodies, in queries by `receive`. */
export function orAppId<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => {
    if (typeof value !== "object" || value === null || !("app_id" in value)) return value;
    return "enterprise_id" in value ? value : { ...value, enterprise_id: value.app_id };
  }, schema);
}

/** An empty set of routes whose validation failures are the one error shape, with the path of each field. */
export function routes() {
  return new OpenAPIHono<GatewayEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const issues = result.error.issues.map((it) => ({ path: it.path.join("."), message: it.message }));
      throw appError("BAD_REQUEST", { issues });
    },
  });
}
