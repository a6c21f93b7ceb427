import { sql } from "drizzle-orm";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import type { StepsDone } from "#protocol/api/steps-done";

/** What an app's rows tell of how far its owner has come: one statement, which stops at the first row of each kind. */
export async function findStepsDone(db: Db, scope: Scope): Promise<Omit<StepsDone, "knowledge">> {
  const id = scope.enterprise_id;
  const is = (rows: ReturnType<typeof sql>) => sql`EXISTS (SELECT 1 FROM ${rows})`;
  // A look is given to an app when it is built; whoever changed it since stands in the audit log.
  const branded = is(sql`audit WHERE enterprise_id = ${id} AND action = 'app.change' AND outcome = 'done'
    AND json_extract(details, '$.branding') IS NOT NULL`);
  const [row] = await db.all<Record<string, number>>(sql`SELECT
    ${is(sql`chat WHERE enterprise_id = ${id} AND workflow <> 'generator' AND title IS NOT NULL`)} AS chatted,
    ${branded} OR ${is(sql`enterprise WHERE enterprise_id = ${id} AND logo IS NOT NULL`)} AS branded,
    ${is(sql`identity WHERE enterprise_id = ${id} AND (origins <> '[]' OR algorithm IS NOT NULL)`)} AS embedded,
    (SELECT count(*) > 1 FROM membership WHERE enterprise_id = ${id})
      OR ${is(sql`invitation WHERE enterprise_id = ${id}`)}
      OR ${is(sql`invited_address WHERE enterprise_id = ${id}`)}
      OR ${is(sql`user WHERE realm = ${id}`)} AS invited,
    ${is(sql`domain WHERE enterprise_id = ${id}`)} AS domain,
    ${is(sql`api_key WHERE enterprise_id = ${id}`)} AS api_key`);
  const done = (name: string) => row?.[name] === 1;
  return {
    chatted: done("chatted"),
    branded: done("branded"),
    embedded: done("embedded"),
    invited: done("invited"),
    domain: done("domain"),
    api_key: done("api_key"),
  };
}
