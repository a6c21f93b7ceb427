import { eq } from "drizzle-orm";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import type { NewId } from "#base/new-id";
import type { Db } from "#enterprises/db";
import type { Scope } from "#enterprises/scope";
import type { CreatedIdentitySecret, IdentitySettings } from "#protocol/api/identity";
import {
  type ListedSecret,
  listPlatformSecrets,
  readSecret,
  removeSecret,
  type SecretDeps,
  setSecret,
} from "#secrets/secret-store";
import { identity } from "./tables.ts";
import type { VisitorCheck } from "./verify-visitor.ts";

/** Among an app's secrets, under names that no app's file can ask for. */
const PREFIX = "identity.";
/** One in use, and the one that takes its place. */
const MAX_SECRETS = 2;

type Row = Pick<typeof identity.$inferSelect, "algorithm" | "publicKeys" | "origins" | "sharesText">;
const UNSET: Row = { algorithm: null, publicKeys: [], origins: [], sharesText: false };

export async function readIdentity(db: Db, scope: Scope): Promise<Row> {
  const [row] = await db.select().from(identity).where(eq(identity.enterpriseId, scope.enterprise_id));
  return row ?? UNSET;
}

/** Changes what is named. */
export async function changeIdentity(db: Db, scope: Scope, change: Partial<Row>): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db
    .insert(identity)
    .values({ enterpriseId: scope.enterprise_id, ...change })
    .onConflictDoUpdate({ target: identity.enterpriseId, set: change });
}

export async function identityView(db: Db, scope: Scope): Promise<IdentitySettings> {
  const [row, secrets] = await Promise.all([readIdentity(db, scope), ownSecrets(db, scope)]);
  const { algorithm, publicKeys: public_keys, origins, sharesText: share_text } = row;
  const listed = secrets.map(({ name, setAt }) => ({
    secret_id: name.slice(PREFIX.length),
    created_at: isoTime(setAt),
  }));
  return { algorithm, public_keys, origins, share_text, secrets: listed };
}

/** A new secret for HS256, told this once. Error: CONFLICT (there are two). */
export async function addIdentitySecret(
  deps: SecretDeps & { newId: NewId },
  scope: Scope,
  it: { setBy: string; now: number },
): Promise<CreatedIdentitySecret> {
  const full = () =>
    appError("CONFLICT", { max_secrets: MAX_SECRETS }, "There are two secrets already. Remove one first.");
  if ((await ownSecrets(deps.db, scope)).length >= MAX_SECRETS) throw full();
  const secretId = deps.newId("ids");
  const random = () => deps.newId("").slice(1);
  const value = `mzi_${random()}${random()}`;
  const name = PREFIX + secretId;
  await setSecret(deps, scope, { name, value, ...it });
  // Of several at once those that find too many take theirs back.
  if ((await ownSecrets(deps.db, scope)).length > MAX_SECRETS) {
    await removeSecret(deps.db, scope, name);
    throw full();
  }
  return { secret_id: secretId, created_at: isoTime(it.now), secret: value };
}

/** From here on nothing that was signed with it counts. Error: NOT_FOUND. */
export async function removeIdentitySecret(db: Db, scope: Scope, secretId: string): Promise<void> {
  if (!(await removeSecret(db, scope, PREFIX + secretId))) throw appError("NOT_FOUND");
}

/** What tokens of this app are checked with; null while it takes none. */
export function visitorCheck(
  deps: SecretDeps,
  scope: Scope,
  { algorithm, publicKeys }: Row,
): VisitorCheck | null {
  if (algorithm === null) return null;
  const secrets = async () => {
    const names = (await ownSecrets(deps.db, scope)).map(({ name }) => name);
    const values = await Promise.all(names.map((name) => readSecret(deps, scope, name)));
    return values.filter((it) => it !== null);
  };
  return { enterpriseId: scope.enterprise_id, algorithm, secrets, publicKeys };
}

async function ownSecrets(db: Db, scope: Scope): Promise<ListedSecret[]> {
  return (await listPlatformSecrets(db, scope)).filter(({ name }) => name.startsWith(PREFIX));
}
