import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { scopeOf } from "#enterprises/scope";
import { enterprise, membership } from "#enterprises/tables";
import { seenQuery } from "#members/seen";
import { migrate } from "#test/workers/gateway/client";
import { compose } from "#workers/compose";

beforeAll(migrate);

test("no test passes with a batch in which two columns of a select share a name", async () => {
  const { db } = compose(env);
  const joined = db
    .select({ one: enterprise.createdAt, other: membership.createdAt })
    .from(enterprise)
    .innerJoin(membership, eq(membership.enterpriseId, enterprise.enterpriseId));
  expect(await joined).toEqual([]);
  await expect(async () => db.batch([joined])).rejects.toThrow('Two columns named "created_at"');
  expect(await db.batch([seenQuery(db, scopeOf("ent_none"), "nobody")])).toEqual([[]]);
});
