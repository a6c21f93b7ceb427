import * as z from "zod";
import { appError } from "#base/app-error";
import { exportQuery, imported, importQuery } from "#protocol/api/table";
import { errorBody } from "#protocol/errors";
import { id, identifier } from "#protocol/ids";
import { findTable } from "../find-table.ts";
import { privileged } from "../privileged.ts";
import { answers, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";
import { exportTable } from "../table-export.ts";
import { importTable } from "../table-import.ts";

const tags = ["Tables"];
const params = z.object({ enterprise_id: id, table: identifier });
const path = "/api/apps/{enterprise_id}/tables/{table}";

export const tableCsvRoutes = routes();

tableCsvRoutes.openapi(
  route({
    method: "get",
    path: `${path}/rows.csv`,
    tags,
    summary: "A whole table as CSV",
    access: "session",
    key: "tables.read",
    request: { params, query: exportQuery },
    responses: {
      200: { description: "Oldest row first", content: { "text/csv": { schema: z.string() } } },
      default: { description: "An error", content: { "application/json": { schema: errorBody } } },
    },
  }),
  async (c) => {
    const { enterprise_id, table } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "data.read");
    const { env } = c.env.deps;
    const { spec } = await findTable(env, scope, table);
    const body = await exportTable(env, scope, table, spec, c.req.valid("query"));
    const headers = {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${table}.csv"`,
    };
    return new Response(body, { headers });
  },
);

tableCsvRoutes.openapi(
  route({
    method: "post",
    path: `${path}/import`,
    tags,
    summary:
      "Take rows in from CSV, in one transaction: what breaks before its end writes nothing. With an Idempotency-Key it may be repeated",
    access: "session",
    key: "tables.write",
    rough: "UPLOADS",
    request: { params, query: importQuery },
    responses: answers(200, imported, "What was written, and which lines were not"),
  }),
  async (c) => {
    const { enterprise_id, table } = c.req.valid("param");
    const query = c.req.valid("query");
    const { env, newId } = c.env.deps;
    const take = async ({ scope }: SeenAs) => {
      const { spec } = await findTable(env, scope, table);
      if (!/^text\/csv\s*(;|$)/i.test(c.req.header("content-type") ?? "") || c.req.raw.body === null)
        throw appError("BAD_REQUEST", { issues: [{ path: "Content-Type", message: "must be text/csv" }] });
      const key = c.req.header("idempotency-key");
      if (key !== undefined && !id.safeParse(key).success)
        throw appError("BAD_REQUEST", {
          issues: [{ path: "Idempotency-Key", message: "must be 1–128 letters, digits, '_', '-' or '.'" }],
        });
      const { user_id } = c.var.principal;
      const wish = {
        ...query,
        table,
        width: Object.keys(spec.columns).length,
        key: key === undefined ? newId("import") : `${user_id}:${key}`,
        user_id,
      };
      return importTable(env, scope, c.req.raw.body, wish);
    };
    const details: Record<string, unknown> = {};
    const deed = { action: "data.import", target: table, details };
    const result = query.dry_run
      ? await take(await seeAs(c, enterprise_id, "data.change"))
      : await privileged(c, enterprise_id, "data.change", deed, async (seen) => {
          const taken = await take(seen);
          const { errors: _, ...counts } = taken;
          Object.assign(details, counts);
          return taken;
        });
    return c.json(result, 200);
  },
);
