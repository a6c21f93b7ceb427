import { appError } from "#base/app-error";
import type { Logo } from "#enterprises/logo";
import { scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { logoFileKey } from "#workflows/file-key";
import type { Env } from "../env.ts";

/** Where an app's own address has its picture. */
export function siteLogoPath({ name }: Logo): string {
  return `/api/site/logo/${name}`;
}

/** A year: a new picture has a new name. */
const FOR_GOOD = "max-age=31536000, immutable";

/**
 * An app's picture, if that is its name now. It is shown where a page asks for a picture, and saved where somebody opens
 * it: nothing in it is ever a page of ours (T55, T58). Error: NOT_FOUND.
 */
export async function logoFile(
  env: Env,
  { enterpriseId, logo }: Pick<EnterpriseRow, "enterpriseId" | "logo">,
  name: string,
  who: "public" | "private",
): Promise<Response> {
  const object = logo?.name === name && (await env.FILES.get(logoFileKey(scopeOf(enterpriseId), name)));
  if (!logo || !object) throw appError("NOT_FOUND");
  return new Response(object.body, {
    headers: {
      "content-type": logo.type,
      "content-length": String(object.size),
      "content-disposition": `attachment; filename="${name}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": `${who}, ${FOR_GOOD}`,
      // Pages of other sites that hold the app's chat show it.
      "cross-origin-resource-policy": who === "public" ? "cross-origin" : "same-origin",
    },
  });
}
