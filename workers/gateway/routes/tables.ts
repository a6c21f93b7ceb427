import * as z from "zod";
import { appError } from "#base/app-error";
import { deleted } from "#protocol/api/app";
import { createRow, patchRow, row, rowPage, rowsQuery, tableList } from "#protocol/api/table";
import { id, identifier } from "#protocol/ids";
import { askAppData } from "../../app-data/ask-app-data.ts";
import { findTable } from "../find-table.ts";
import { type Deed, privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { rowQueryOf } from "../row-query-of.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Tables"];
const ofApp = z.object({ enterprise_id: id });
const ofTable = ofApp.extend({ table: identifier });
const ofRow = ofTable.extend({ row_id: id });
const path = "/api/apps/{enterprise_id}/tables";

/** Which row and which columns, never what stands in them. */
function deedOn(action: string, table: string, rowId?: string) {
  const details: Record<string, unknown> = rowId === undefined ? {} : { row_id: rowId };
  return { deed: { action, target: table, details, ofMembers: true } satisfies Deed, details };
}

export const tableRoutes = routes();

tableRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "The app's tables with their columns and how many rows they have",
    access: "session",
    key: "tables.read",
    request: { params: ofApp },
    responses: answers(200, tableList, "Its tables"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "data.read");
    const found = await askAppData(c.env.deps.env, scope.enterprise_id, (it) => it.ownTables());
    const tables = found.map(({ name, rows, spec }) => {
      const { title, description, owner, key, columns } = spec;
      return {
        name,
        title,
        ...(description === undefined ? {} : { description }),
        owner,
        key,
        columns,
        rows,
      };
    });
    return c.json({ tables }, 200);
  },
);

tableRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{table}/rows`,
    tags,
    summary: "Rows of a table, over all owners",
    access: "session",
    key: "tables.read",
    request: { params: ofTable, query: rowsQuery },
    responses: answers(200, rowPage, "A page of rows"),
  }),
  async (c) => {
    const { enterprise_id, table } = c.req.valid("param");
    const query = c.req.valid("query");
    const { scope } = await seeAs(c, enterprise_id, "data.read");
    const { env } = c.env.deps;
    const { spec } = await findTable(env, scope, table);
    const at = { cursor: query.cursor ?? null, limit: query.limit };
    const page = await askAppData(env, scope.enterprise_id, (it) =>
      it.ownPage(table, rowQueryOf(query, spec.columns), at),
    );
    return c.json(page, 200);
  },
);

tableRoutes.openapi(
  route({
    method: "post",
    path: `${path}/{table}/rows`,
    tags,
    summary: "Add a row",
    access: "session",
    key: "tables.write",
    creates: true,
    request: { params: ofTable, body: jsonBody(createRow) },
    responses: answers(201, row, "The row, with its defaults and its number"),
  }),
  async (c) => {
    const { enterprise_id, table } = c.req.valid("param");
    const { values, owner } = c.req.valid("json");
    const { env, newId } = c.env.deps;
    const { deed, details } = deedOn("data.add_row", table);
    const added = await privileged(c, enterprise_id, "data.change", deed, async ({ scope }) => {
      await findTable(env, scope, table);
      const key = newId("add");
      const made = await askAppData(env, scope.enterprise_id, (it) =>
        it.addRow(owner ?? c.var.principal.user_id, table, values, key),
      );
      Object.assign(details, { row_id: made.id });
      return made;
    });
    return c.json(added, 201);
  },
);

tableRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{table}/rows/{row_id}`,
    tags,
    summary: "One row",
    access: "session",
    key: "tables.read",
    request: { params: ofRow },
    responses: answers(200, row, "The row"),
  }),
  async (c) => {
    const { enterprise_id, table, row_id } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "data.read");
    const { env } = c.env.deps;
    await findTable(env, scope, table);
    const found = await askAppData(env, scope.enterprise_id, (it) => it.ownRow(table, row_id));
    if (found === null) throw appError("NOT_FOUND");
    return c.json(found, 200);
  },
);

tableRoutes.openapi(
  route({
    method: "patch",
    path: `${path}/{table}/rows/{row_id}`,
    tags,
    summary: "Change a row",
    access: "session",
    key: "tables.write",
    request: { params: ofRow, body: jsonBody(patchRow) },
    responses: answers(200, row, "The row as it is now"),
  }),
  async (c) => {
    const { enterprise_id, table, row_id } = c.req.valid("param");
    const { values } = c.req.valid("json");
    const { env } = c.env.deps;
    const { deed, details } = deedOn("data.change_row", table, row_id);
    const changed = await privileged(c, enterprise_id, "data.change", deed, async ({ scope }) => {
      await findTable(env, scope, table);
      const now = await askAppData(env, scope.enterprise_id, (it) => it.changeRow(table, row_id, values));
      if (now === null) throw appError("NOT_FOUND");
      Object.assign(details, { columns: Object.keys(values) });
      return now;
    });
    return c.json(changed, 200);
  },
);

tableRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{table}/rows/{row_id}`,
    tags,
    summary: "Delete a row",
    access: "session",
    key: "tables.write",
    request: { params: ofRow },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, table, row_id } = c.req.valid("param");
    const { env } = c.env.deps;
    const { deed } = deedOn("data.remove_row", table, row_id);
    await privileged(c, enterprise_id, "data.change", deed, async ({ scope }) => {
      await findTable(env, scope, table);
      const gone = await askAppData(env, scope.enterprise_id, (it) => it.removeRow(table, row_id));
      if (!gone) throw appError("NOT_FOUND");
    });
    return c.json({ deleted: true } as const, 200);
  },
);
