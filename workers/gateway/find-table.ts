import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import type { TableInfo } from "#tables/owner-rows";
import { askAppData } from "../app-data/ask-app-data.ts";
import type { Env } from "../env.ts";

/** A table of an app by its name in a path. Error: NOT_FOUND. */
export async function findTable(env: Env, scope: Scope, name: string): Promise<TableInfo> {
  const tables = await askAppData(env, scope.enterprise_id, (it) => it.ownTables());
  const found = tables.find((it) => it.name === name);
  if (!found) throw appError("NOT_FOUND");
  return found;
}
