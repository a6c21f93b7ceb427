import type { OpenAPIHono } from "@hono/zod-openapi";
import type { GatewayEnv } from "../call.ts";
import { docsPage } from "../docs-page.ts";
import { addSecuritySchemes, openApiOf } from "../openapi.ts";

/** `/api/openapi.json` and the same to read at `/api/docs`. Added last: they tell of all routes before them. */
export function addDocs(app: OpenAPIHono<GatewayEnv>): void {
  addSecuritySchemes(app);
  app.get("/api/openapi.json", (c) => c.json(openApiOf(app)));
  app.get("/api/docs", (c) => {
    const nonce = c.env.deps.newId("nonce");
    const policy = `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
    return c.html(docsPage(openApiOf(app), nonce), 200, { "content-security-policy": policy });
  });
}
