import { env } from "cloudflare:workers";
import { Column, is, SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";

type Prepared = { fields?: { field: unknown }[]; getQuery(): { sql: string } };
type Session = { batch(queries: readonly { _prepare(): Prepared }[]): Promise<unknown> };

/**
 * What D1 answers to a batch has its columns by name: of two columns of one name in one select the first is lost, without a
 * word, and Drizzle reads the values behind it as others. In each test such a batch throws instead.
 */
const session = Object.getPrototypeOf(
  (drizzle(env.DB) as unknown as { session: Session }).session,
) as Session;
const { batch } = session;
session.batch = function (this: Session, queries) {
  for (const query of queries) {
    const prepared = query._prepare();
    const names = (prepared.fields ?? []).map(({ field }) => nameOf(field));
    const twice = names.find((name, i) => name !== null && names.indexOf(name) !== i);
    if (twice) throw new Error(`Two columns named "${twice}" in a batch: ${prepared.getQuery().sql}`);
  }
  return batch.call(this, queries);
};

function nameOf(field: unknown): string | null {
  if (is(field, Column)) return field.name;
  return is(field, SQL.Aliased) ? field.fieldAlias : null;
}
