import type { Sql } from "#base/sql";

/** Rows of others that are as good as none and go with each call. */
const SWEPT = 20;

/** `person` and `place` are hashes. What was opened is over after `life_ms` in any case. */
export type Opening = { person: string; place: string; max: number; life_ms: number };

/**
 * Notes that somebody opens something at a place. Nobody tells when it is closed: a place counts until it is the one
 * opened longest ago of more than `max`.
 * @returns the places that are too many, which count no more: whoever still has something open there is to be let go
 */
export function enter(sql: Sql, { person, place, max, life_ms }: Opening, now: number): string[] {
  const dead = now - life_ms;
  return sql.transaction(() => {
    sql.exec(
      `DELETE FROM open_place WHERE (person, place) IN
         (SELECT person, place FROM open_place WHERE at <= ? ORDER BY at LIMIT ?)`,
      ...[dead, SWEPT],
    );
    sql.exec(
      "INSERT INTO open_place (person, place, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
      ...[person, place, now],
    );
    const others = sql.exec(
      "SELECT place, at FROM open_place WHERE person = ? AND place <> ? ORDER BY at DESC LIMIT -1 OFFSET ?",
      ...[person, place, max - 1],
    );
    for (const it of others)
      sql.exec("DELETE FROM open_place WHERE person = ? AND place = ?", person, String(it.place));
    return others.filter((it) => Number(it.at) > dead).map((it) => String(it.place));
  });
}
