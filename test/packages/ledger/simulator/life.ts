import type { Sql } from "#base/sql";

/** One process. It can die at any event, and at any write: `pointsLeft` counts down to that; null for never. */
export type Life = { alive: boolean; pointsLeft: number | null };

export class Died extends Error {}

/** A database as a process sees it that may die at each write and around each commit; nothing of a dead one gets through. */
export function mortalSql(sql: Sql, life: Life, died: () => void): Sql {
  function point(): void {
    if (!life.alive) throw new Died();
    if (life.pointsLeft === null || life.pointsLeft-- > 0) return;
    life.alive = false;
    died();
    throw new Died();
  }
  return {
    exec(query, ...params) {
      if (!life.alive) throw new Died();
      if (!/^\s*(SELECT|WITH)/i.test(query)) point();
      return sql.exec(query, ...params);
    },
    transaction(work) {
      if (!life.alive) throw new Died();
      const result = sql.transaction(() => {
        const done = work();
        point();
        return done;
      });
      point();
      return result;
    },
  };
}
