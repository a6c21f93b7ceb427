import type { SearchedTable } from "#tables/searched-by";
import type { Tables } from "#tables/tables";
import type { Env } from "../env.ts";
import type { Answer } from "./answer.ts";
import { type AppDataStub, askAppData, callAppData } from "./ask-app-data.ts";

/** `Tables`, and what publishing and deleting an app do with them. */
export interface AppTables extends Tables {
  /**
   * Makes the tables of a version exist and, for a creator, seeds sample rows once. Adds only; harmless to repeat.
   * Errors: BAD_REQUEST (`details.issues`), CONFLICT (a change that would reinterpret rows).
   */
  prepare(tables: Record<string, SearchedTable>, creatorUserId: string | null): Promise<void>;
  /** Returns how many rows went. They do not come back with the next publish. */
  removeSamples(): Promise<number>;
  /** Deletes all data of the app, or of the scratch copy. */
  destroy(): Promise<void>;
}

/** A scratch copy that nobody destroyed is gone after this. */
const SCRATCH_LIFE_MS = 3_600_000;

/**
 * One tenant's tables. `scratch` names a throw-away copy, empty until `prepare` and new with each. Besides the port's errors:
 * UNAVAILABLE when the object can't be reached.
 */
export function tablesFor(env: Env, enterpriseId: string, scratch?: string): AppTables {
  const lifeMs = scratch === undefined ? null : SCRATCH_LIFE_MS;

  const call = <T>(question: (object: AppDataStub) => Promise<T>) =>
    callAppData(env, enterpriseId, question, scratch);
  const ask = <T>(question: (object: AppDataStub) => Promise<Answer<T>>) =>
    askAppData(env, enterpriseId, question, scratch);

  return {
    get: (who, table, by) => ask((object) => object.get(who, table, by)),
    find: (who, table, by, limit) => ask((object) => object.find(who, table, by, limit)),
    insert: (who, table, values, key) => ask((object) => object.insert(who, table, values, key)),
    update: (who, table, by, set, key) => ask((object) => object.update(who, table, by, set, key)),
    count: (table, where, who, sum) => ask((object) => object.count(table, where, who, sum)),
    prepare: async (tables, creatorUserId) => {
      await ask((object) => object.prepare(tables, creatorUserId, lifeMs));
    },
    removeSamples: () => ask((object) => object.removeSamples()),
    destroy: () => call((object) => object.destroy()),
  };
}
