import type { KeyScope } from "#protocol/api/key";
import { GREETER } from "./greeter.ts";

/**
 * What each route is, beside an example body. `public`: anybody. `mine`: about the caller. `enterprise`: of an
 * enterprise named in path, query or body. `foreign`: not ours to judge (better-auth). `socket`: an upgrade. `form`:
 * the fields beside a file. `key`: the scope of an API key that may call it; without one no key may.
 * A new route fails here until it has its line.
 */
export type Kind = "public" | "mine" | "enterprise" | "foreign" | "socket";
export type Route = {
  kind: Kind;
  body?: Record<string, unknown>;
  query?: string;
  form?: Record<string, string>;
  key?: KeyScope;
};
export const ROUTES: Record<string, Route> = {
  "GET /api/auth/*": { kind: "foreign" },
  "POST /api/auth/*": { kind: "foreign" },
  "GET /api/health": { kind: "public" },
  "GET /api/health/live": { kind: "public" },
  "GET /api/health/ready": { kind: "public" },
  "GET /api/site": { kind: "public" },
  "GET /api/openapi.json": { kind: "public" },
  "GET /api/docs": { kind: "public" },
  "GET /api/workflows/discover/:enterprise_id": { kind: "public" },
  "GET /api/me": { kind: "mine" },
  "GET /api/me/usage": { kind: "mine" },
  "PUT /api/me/cap/:enterprise_id": { kind: "enterprise", body: { month_nano: "1" } },
  "GET /api/prices": { kind: "mine" },
  "GET /api/apps": { kind: "mine" },
  "POST /api/apps": { kind: "mine", body: { name: "Acme" } },
  "GET /api/apps/:enterprise_id": { kind: "enterprise", key: "app.read" },
  "PATCH /api/apps/:enterprise_id": { kind: "enterprise", body: { name: "Mine now" } },
  "DELETE /api/apps/:enterprise_id": { kind: "enterprise" },
  "DELETE /api/apps/:enterprise_id/sample-rows": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/versions": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/versions/:version/files": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/versions/:version/diff/:to": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/versions/:version/publish": { kind: "enterprise", body: {} },
  "POST /api/apps/:enterprise_id/unpublish": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/tables": { kind: "enterprise", key: "tables.read" },
  "GET /api/apps/:enterprise_id/tables/:table/rows": { kind: "enterprise", key: "tables.read" },
  "POST /api/apps/:enterprise_id/tables/:table/rows": {
    kind: "enterprise",
    key: "tables.write",
    body: { values: {} },
  },
  "GET /api/apps/:enterprise_id/tables/:table/rows.csv": { kind: "enterprise", key: "tables.read" },
  "POST /api/apps/:enterprise_id/tables/:table/import": { kind: "enterprise", key: "tables.write" },
  "GET /api/apps/:enterprise_id/tables/:table/rows/:row_id": { kind: "enterprise", key: "tables.read" },
  "PATCH /api/apps/:enterprise_id/tables/:table/rows/:row_id": {
    kind: "enterprise",
    key: "tables.write",
    body: { values: { a: 1 } },
  },
  "DELETE /api/apps/:enterprise_id/tables/:table/rows/:row_id": { kind: "enterprise", key: "tables.write" },
  "GET /api/apps/:enterprise_id/triggers": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/hooks/:workflow/:name/secret": { kind: "enterprise" },
  "POST /api/hooks/:enterprise_id/:workflow/:name": { kind: "public" },
  "GET /ws/operator/:enterprise_id/:chat_id": { kind: "socket" },
  "GET /api/apps/:enterprise_id/members": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/members": {
    kind: "enterprise",
    body: { email: "new@example.com", role: "viewer" },
  },
  "PATCH /api/apps/:enterprise_id/members/:user_id": { kind: "enterprise", body: { role: "viewer" } },
  "DELETE /api/apps/:enterprise_id/members/:user_id": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/secrets": { kind: "enterprise" },
  "PUT /api/apps/:enterprise_id/secrets/:name": { kind: "enterprise", body: { value: "s3cret" } },
  "DELETE /api/apps/:enterprise_id/secrets/:name": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/keys": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/keys": {
    kind: "enterprise",
    body: { name: "Shop", scopes: ["app.read"] },
  },
  "PATCH /api/apps/:enterprise_id/keys/:key_id": { kind: "enterprise", body: { name: "Shop" } },
  "DELETE /api/apps/:enterprise_id/keys/:key_id": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/identity": { kind: "enterprise" },
  "PATCH /api/apps/:enterprise_id/identity": {
    kind: "enterprise",
    body: { origins: ["https://shop.example"] },
  },
  "POST /api/apps/:enterprise_id/identity/secrets": { kind: "enterprise" },
  "DELETE /api/apps/:enterprise_id/identity/secrets/:secret_id": { kind: "enterprise" },
  "POST /api/identity/exchange": { kind: "public" },
  "POST /api/identity/sign-out": { kind: "public" },
  "GET /api/apps/:enterprise_id/audit": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/approvals": { kind: "enterprise", key: "chats.read" },
  "POST /api/apps/:enterprise_id/approvals/:tool_call_id": {
    kind: "enterprise",
    body: { chat_id: "none", approved: true },
  },
  "GET /api/apps/:enterprise_id/chats": { kind: "enterprise", key: "chats.read" },
  "GET /api/apps/:enterprise_id/chats/:chat_id/events": { kind: "enterprise", key: "chats.read" },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/join": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/say": { kind: "enterprise", body: { text: "Hi" } },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/leave": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/versions/:version/export": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/import": { kind: "enterprise", form: {} },
  "POST /api/apps/:enterprise_id/replays": { kind: "enterprise", body: { version: 1 } },
  "GET /api/apps/:enterprise_id/replays/:replay_id": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/replays/:replay_id/cancel": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/builds": { kind: "enterprise", body: { prompt: "Build a library app" } },
  "GET /api/apps/:enterprise_id/builds": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/builds/:build_id": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/builds/:build_id/answers": { kind: "enterprise", body: { answers: {} } },
  "POST /api/apps/:enterprise_id/builds/:build_id/publish": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/builds/:build_id/approve": { kind: "enterprise", body: { plan_hash: "x" } },
  "POST /api/apps/:enterprise_id/builds/:build_id/cancel": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/builds/:build_id/override": {
    kind: "enterprise",
    body: { reason: "It is fine" },
  },
  "POST /api/apps/:enterprise_id/knowledge": { kind: "enterprise", form: {} },
  "GET /api/apps/:enterprise_id/knowledge": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/knowledge/:file_id": { kind: "enterprise" },
  "DELETE /api/apps/:enterprise_id/knowledge/:file_id": { kind: "enterprise" },
  "POST /api/chat/upload": { kind: "enterprise", form: { enterprise_id: "", chat_id: "none" } },
  "GET /api/chats/:enterprise_id/:chat_id/attachments/:attachment_id": { kind: "enterprise" },
  "POST /api/workflows/register": {
    kind: "enterprise",
    key: "workflows.write",
    body: { enterprise_id: "", definition: GREETER },
  },
  "POST /api/apps/:enterprise_id/tools/import-openapi": {
    kind: "enterprise",
    key: "workflows.write",
    body: { document: "openapi" },
  },
  "POST /api/apps/:enterprise_id/tools/import-mcp": {
    kind: "enterprise",
    body: { url: "https://127.0.0.1" },
  },
  "GET /api/workflows": { kind: "enterprise", query: "enterprise_id" },
  "GET /api/app/workflows/:enterprise_id": { kind: "enterprise", key: "app.read" },
  "GET /api/app/usage/:enterprise_id": { kind: "enterprise", key: "usage.read" },
  "GET /api/app/usage/:enterprise_id/statement": { kind: "enterprise", key: "usage.read" },
  "GET /api/app/usage/:enterprise_id/export": { kind: "enterprise", key: "usage.read" },
  "GET /api/app/usage/:enterprise_id/check": { kind: "enterprise", key: "usage.read" },
  "GET /api/app/analytics/:enterprise_id": { kind: "enterprise", key: "usage.read" },
  "POST /api/chats/token": { kind: "enterprise", key: "chat:impersonate", body: { enterprise_id: "" } },
  "POST /api/chats/:enterprise_id/:workflow/start": { kind: "enterprise", body: {} },
  "GET /api/chats/meta/:enterprise_id/:workflow/:chat_id": { kind: "enterprise" },
  "GET /api/chats/:enterprise_id/:workflow": { kind: "enterprise" },
  "GET /api/chats/:enterprise_id/:chat_id/events": { kind: "enterprise" },
  "GET /api/chats/:enterprise_id/:chat_id/bill": { kind: "enterprise" },
  "POST /chat/:enterprise_id/:chat_id/:user_id/input": {
    kind: "enterprise",
    body: { message: "hello", workflow_name: "greeter" },
  },
  "POST /chat/:enterprise_id/:chat_id/:user_id/cancel": { kind: "enterprise", body: {} },
  "POST /chat/:enterprise_id/:chat_id/:user_id/feedback": {
    kind: "enterprise",
    body: { message_id: "m", value: "up" },
  },
  "POST /api/tool-call/respond": {
    kind: "enterprise",
    body: { enterprise_id: "", chat_id: "none", event_id: "none", response_data: {} },
  },
  "POST /api/chats/:enterprise_id/:chat_id/ag-ui": {
    kind: "enterprise",
    body: { runId: "r", messages: [{ id: "m", role: "user", content: "hello" }] },
  },
  "GET /ws/usage/:enterprise_id": { kind: "socket" },
  "GET /ws/:workflow/:enterprise_id/:chat_id/:user_id": { kind: "socket" },
};
