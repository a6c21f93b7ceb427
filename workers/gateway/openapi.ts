import type { OpenAPIHono } from "@hono/zod-openapi";
import type { GatewayEnv } from "./call.ts";

/** What the document says of itself beside the routes. */
const INFO = {
  openapi: "3.1.0",
  info: {
    title: "Mozaiks",
    version: "1.0.0",
    description:
      "One prompt becomes a running, metered AI app. Ids are opaque strings, times ISO 8601 UTC, money an integer " +
      "number of nano-USD as a decimal string. `app_id` is accepted wherever `enterprise_id` is. Every answer " +
      "carries `x-request-id`, every error has the one shape. Sign in at `POST /api/auth/sign-in/email`; the " +
      "`set-auth-token` header of the answer is the bearer token. Programs send " +
      "an API key the same way, on the routes that name its scope as `x-api-key-scope`. Chats run over " +
      "`WS /ws/{workflow}/{enterprise_id}/{chat_id}/{user_id}`, live usage over `WS /ws/usage/{enterprise_id}`.",
  },
};

/** Names the two ways to say who one is, as routes refer to them. */
export function addSecuritySchemes(app: OpenAPIHono<GatewayEnv>): void {
  const add = app.openAPIRegistry.registerComponent.bind(app.openAPIRegistry);
  add("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  add("securitySchemes", "cookie", { type: "apiKey", in: "cookie", name: "mozaiks.session_token" });
}

/** Publishes the routes' own schemas as OpenAPI 3.1. */
export function openApiOf(app: OpenAPIHono<GatewayEnv>) {
  return app.getOpenAPI31Document(INFO);
}
