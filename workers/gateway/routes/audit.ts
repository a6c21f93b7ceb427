import * as z from "zod";
import { auditEntry } from "#audit/audit-text";
import { listAudit } from "#audit/list-audit";
import { auditExportQuery, auditQuery, auditRow } from "#protocol/api/audit";
import { listOf } from "#protocol/api/list";
import { errorBody } from "#protocol/errors";
import { id } from "#protocol/ids";
import { auditExport } from "../audit-export.ts";
import { pageOf, placeOf } from "../page.ts";
import { privileged } from "../privileged.ts";
import { answers, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Members"];
const params = z.object({ enterprise_id: id });

export const auditRoutes = routes();

auditRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/audit",
    tags,
    summary: "What members did, newest first; by who, what and when",
    access: "session",
    request: { params, query: auditQuery },
    responses: answers(200, listOf(auditRow), "A page of the audit log"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "audit.read");
    const { cursor, limit, ...asked } = c.req.valid("query");
    const rows = await listAudit(c.env.deps.db, scope, {
      before: placeOf(cursor),
      limit: limit + 1,
      filter: filterOf(asked),
    });
    const found = pageOf(rows, limit, (it) => ({ at: it.at, id: it.auditId }));
    return c.json({ items: found.page.map(auditEntry), next_cursor: found.next_cursor }, 200);
  },
);

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" };

auditRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/audit/export",
    tags,
    summary: "The audit log as a file, for the owner; that it was taken out stands in it",
    access: "session",
    request: { params, query: auditExportQuery },
    responses: {
      200: {
        description: "As CSV, or as NDJSON: a row a line",
        content: { "text/csv": { schema: z.string() }, "application/x-ndjson": { schema: auditRow } },
      },
      default: { description: "An error", content: { "application/json": { schema: errorBody } } },
    },
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { format, ...asked } = c.req.valid("query");
    const deed = { action: "audit.export", details: { format } };
    const body = await privileged(c, enterprise_id, "audit.export", deed, ({ scope }) =>
      auditExport(c.env.deps.db, scope, { format, filter: filterOf(asked) }),
    );
    return new Response(body, {
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="audit-${enterprise_id}.${format}"`,
      },
    });
  },
);

type Asked = Omit<z.infer<typeof auditExportQuery>, "format">;

function filterOf({ actor, action, from, to }: Asked) {
  const ms = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return { actor, action, from: ms(from), to: ms(to) };
}
