import { eq, sql } from "drizzle-orm";
import { appError } from "#base/app-error";
import type { Branding } from "#protocol/app-file/branding";
import type { ChatLimits } from "#protocol/chat-limits";
import type { SignInSettings } from "#protocol/sign-in";
import type { Visibility } from "#protocol/visibility";
import type { Db } from "./db.ts";
import type { Logo } from "./logo.ts";
import type { Scope } from "./scope.ts";
import { RESERVED_SLUGS } from "./slug-of.ts";
import { keepOldSlug, refuseIfMovedTooOften, slugTaken } from "./slugs.ts";
import { type EnterpriseRow, enterprise } from "./tables.ts";

export type EnterpriseChange = Partial<{
  name: string;
  description: string;
  slug: string;
  branding: Branding;
  logo: Logo | null;
  showCost: boolean;
  visibility: Visibility;
  joinHash: string | null;
  joinMadeAt: number | null;
  /** Those that are named. */
  signIn: Partial<SignInSettings>;
  /** Those that are named; `at`: now, in milliseconds. */
  chatLimits: Partial<ChatLimits> & { maintenance?: string | null; at: number };
}>;

/**
 * A slug that it moves away from stays its own, and leads to it. Errors: BAD_REQUEST (reserved slug), CONFLICT (slug
 * that another has or had), FORBIDDEN (moved too often), NOT_FOUND.
 */
export async function updateEnterprise(
  db: Db,
  scope: Scope,
  change: EnterpriseChange,
): Promise<EnterpriseRow> {
  const { slug, chatLimits, signIn, ...rest } = change;
  if (slug !== undefined) {
    if (RESERVED_SLUGS.has(slug)) {
      throw appError("BAD_REQUEST", { issues: [{ path: "slug", message: "is a reserved name" }] });
    }
    await refuseIfTaken(db, scope, slug);
    await refuseIfMovedTooOften(db, scope, slug);
  }
  try {
    const update = db
      .update(enterprise)
      .set({
        ...rest,
        ...(slug && { slug }),
        ...(signIn && { signIn: sql`json_patch(${enterprise.signIn}, ${JSON.stringify(signIn)})` }),
        ...(chatLimits && { chatLimits: changed(chatLimits) }),
      })
      .where(eq(enterprise.enterpriseId, scope.enterprise_id))
      .returning();
    const [row] =
      slug === undefined ? await update : (await db.batch([...keepOldSlug(db, scope, slug), update]))[2];
    if (!row) throw appError("NOT_FOUND");
    return row;
  } catch (error) {
    if (slug !== undefined) await refuseIfTaken(db, scope, slug);
    throw error;
  }
}

/** In one statement, so that of two changes at once both hold; each is newer than the one before. */
function changed({ at, ...limits }: NonNullable<EnterpriseChange["chatLimits"]>) {
  const { chatLimits } = enterprise;
  const patched = sql`json_patch(${chatLimits}, ${JSON.stringify(limits)})`;
  return sql`json_set(${patched}, '$.at', max(${at}, coalesce(json_extract(${chatLimits}, '$.at'), 0) + 1))`;
}

async function refuseIfTaken(db: Db, scope: Scope, slug: string): Promise<void> {
  if (await slugTaken(db, slug, scope)) throw appError("CONFLICT", { slug });
}
