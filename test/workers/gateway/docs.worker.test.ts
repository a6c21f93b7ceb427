import { expect, test } from "vitest";
import { call } from "./client.ts";

test("the API publishes itself as OpenAPI 3.1, and to read without any foreign script", async () => {
  const document = await call("/api/openapi.json");
  expect(document.status).toBe(200);
  expect(document.body).toMatchObject({ openapi: "3.1.0" });
  const { paths } = document.body as { paths: Record<string, object> };
  expect(Object.keys(paths)).toContain("/api/apps/{enterprise_id}/builds/{build_id}");
  const page = await call("/api/docs");
  expect(page.status).toBe(200);
  expect(page.body).toContain("/api/chats/{enterprise_id}/{workflow}/start");
  expect(page.body).not.toMatch(/<script|src=|https?:\/\/(?!localhost)/);
});
