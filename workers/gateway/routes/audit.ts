import * as z from "zod";
import { listAudit } from "#audit/list-audit";
import { isoTime } from "#base/clock";
import { auditRow } from "#protocol/api/audit";
import { listOf, listQuery } from "#protocol/api/list";
import { id } from "#protocol/ids";
import { pageOf, placeOf } from "../page.ts";
import { answers, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

export const auditRoutes = routes();

auditRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/audit",
    tags: ["Members"],
    summary: "What members did, newest first",
    access: "session",
    request: { params: z.object({ enterprise_id: id }), query: listQuery },
    responses: answers(200, listOf(auditRow), "A page of the audit log"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "audit.read");
    const { cursor, limit } = c.req.valid("query");
    const rows = await listAudit(c.env.deps.db, scope, { before: placeOf(cursor), limit: limit + 1 });
    const found = pageOf(rows, limit, (it) => ({ at: it.at, id: it.auditId }));
    const items = found.page.map((it) => ({
      audit_id: it.auditId,
      actor: { user_id: it.actorId, email: it.actorEmail, role: it.role },
      action: it.action,
      target: it.target,
      outcome: it.outcome,
      at: isoTime(it.at),
      request_id: it.requestId,
      details: it.details,
    }));
    return c.json({ items, next_cursor: found.next_cursor }, 200);
  },
);
