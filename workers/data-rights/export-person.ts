import { personData } from "#auth/person-data";
import { usageOfPerson } from "#billing/usage-by-user";
import { rolesGiven } from "#enterprises/end-user-data";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { ZipFile } from "#workflows/zip/stream-zip";
import { askAppData } from "../app-data/ask-app-data.ts";
import type { Deps } from "../compose.ts";
import { chatFiles } from "./chat-files.ts";
import { jsonFile, linesOf } from "./zip-files.ts";

type App = { scope: Scope; enterprise: EnterpriseRow };

/** All that is held of somebody: their account, and in each of these apps their chats, files, rows and usage. */
export async function* personFiles(
  deps: Deps,
  { realm, userId, apps }: { realm: string; userId: string; apps: App[] },
): AsyncGenerator<ZipFile> {
  yield jsonFile("account.json", await personData(deps.db, realm, userId));
  for (const app of apps) {
    const folder = apps.length === 1 ? "" : `${app.enterprise.slug}/`;
    for await (const { path, bytes } of filesIn(deps, app, userId)) yield { path: folder + path, bytes };
  }
}

async function* filesIn(deps: Deps, { scope, enterprise }: App, userId: string): AsyncGenerator<ZipFile> {
  const { env, db } = deps;
  const id = scope.enterprise_id;
  yield jsonFile("app.json", {
    enterprise_id: id,
    name: enterprise.name,
    roles: await rolesGiven(db, scope, userId),
    usage: await usageOfPerson(db, scope, userId),
  });
  yield* chatFiles(deps, { scope, enterprise }, userId);
  for (const { name } of await askAppData(env, id, (it) => it.ownTables())) {
    const pageAfter = (after: number) => askAppData(env, id, (it) => it.rowsOf(userId, name, after));
    yield* linesOf(`tables/${name}`, async function* () {
      for (let after: number | null = 0; after !== null; ) {
        const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(after);
        yield* page.rows;
        after = page.next;
      }
    });
  }
}
