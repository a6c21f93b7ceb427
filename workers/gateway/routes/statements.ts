import * as z from "zod";
import { statement } from "#protocol/api/statement";
import { usageQuery } from "#protocol/api/usage";
import { usageExportQuery, usageExportRow } from "#protocol/api/usage-export";
import { errorBody } from "#protocol/errors";
import { id } from "#protocol/ids";
import { accepted } from "../answer-of.ts";
import { askLedger } from "../ask-ledger.ts";
import { answers, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";
import { usageExport } from "../usage-export.ts";

const tags = ["Owner"];
const params = z.object({ enterprise_id: id });

export const statementRoutes = routes();

statementRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/usage/{enterprise_id}/statement",
    tags,
    summary: "A month's statement: what came in, what was used, what is left",
    access: "session",
    key: "usage.read",
    request: { params, query: usageQuery },
    responses: answers(200, statement, "Opening balance, movements and closing balance of a month"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "money.read");
    const { period } = c.req.valid("query");
    const answer = await askLedger(c.env.deps.env, scope.enterprise_id, (it) => it.statement(period));
    return c.json(accepted(answer), 200);
  },
);

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" };

statementRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/usage/{enterprise_id}/export",
    tags,
    summary: "All raw usage of a month as a file, a row a model call",
    access: "session",
    key: "usage.read",
    request: { params, query: usageExportQuery },
    responses: {
      200: {
        description: "As CSV, or as NDJSON: a row a line",
        content: { "text/csv": { schema: z.string() }, "application/x-ndjson": { schema: usageExportRow } },
      },
      default: { description: "An error", content: { "application/json": { schema: errorBody } } },
    },
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "money.read");
    const { period: asked, format } = c.req.valid("query");
    const { period, body } = await usageExport(c.env.deps.env, scope, { period: asked, format });
    return new Response(body, {
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="usage-${scope.enterprise_id}-${period}.${format}"`,
      },
    });
  },
);
