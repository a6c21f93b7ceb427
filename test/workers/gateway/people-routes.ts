type Line = { kind: "mine" | "enterprise" | "foreign" | "socket"; body?: Record<string, unknown> };

/** Lines of the sweep over every route: people, members, secrets, the audit log, and what the team does in chats. */
export const PEOPLE_ROUTES: Record<string, Line> = {
  "GET /api/auth/*": { kind: "foreign" },
  "POST /api/auth/*": { kind: "foreign" },
  "GET /api/me": { kind: "mine" },
  "GET /api/me/usage": { kind: "mine" },
  "PUT /api/me/cap/:enterprise_id": { kind: "enterprise", body: { month_nano: "1" } },
  "POST /api/chats/token": { kind: "enterprise", body: { enterprise_id: "" } },
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
  "GET /api/apps/:enterprise_id/audit": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/approvals": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/approvals/:tool_call_id": {
    kind: "enterprise",
    body: { chat_id: "none", approved: true },
  },
  "GET /api/apps/:enterprise_id/chats": { kind: "enterprise" },
  "GET /api/apps/:enterprise_id/chats/:chat_id/events": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/join": { kind: "enterprise" },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/say": { kind: "enterprise", body: { text: "Hi" } },
  "POST /api/apps/:enterprise_id/chats/:chat_id/operator/leave": { kind: "enterprise" },
};
