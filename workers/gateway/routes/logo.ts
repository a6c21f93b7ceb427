import * as z from "zod";
import { appError } from "#base/app-error";
import { readLogo } from "#enterprises/logo";
import type { EnterpriseRow } from "#enterprises/tables";
import { updateEnterprise } from "#enterprises/update-enterprise";
import { appLogo } from "#protocol/api/app";
import { id } from "#protocol/ids";
import { logoFileKey } from "#workflows/file-key";
import { appView } from "../addresses.ts";
import type { Ctx } from "../call.ts";
import { logoFile } from "../logo-file.ts";
import { privileged } from "../privileged.ts";
import { readForm } from "../read-form.ts";
import { answers, answersFile, formBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Apps"];
const path = "/api/apps/{enterprise_id}/logo" as const;
const params = z.object({ enterprise_id: id });
const file = answersFile("image/*", "The picture");

export const logoRoutes = routes();

logoRoutes.openapi(
  route({
    method: "post",
    path,
    tags,
    summary: "A picture in place of the app's letters: PNG, JPEG or WebP, 512 KiB and 2048 pixels at most",
    access: "session",
    upload: true,
    rough: "UPLOADS",
    request: { params, body: formBody([]) },
    responses: answers(200, appLogo, "Shown from now on; the one before is gone"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { env, newId } = c.env.deps;
    const details: Record<string, unknown> = {};
    const deed = { action: "app.set_logo", details };
    const row = await privileged(c, enterprise_id, "app.change", deed, async (seen) => {
      const { bytes } = (await readForm(c)).file;
      const logo = readLogo(bytes, newId("logo"));
      Object.assign(details, { type: logo.type, size: `${logo.width} × ${logo.height}` });
      // First the file: what the row names is always there.
      await env.FILES.put(logoFileKey(seen.scope, logo.name), bytes);
      return replaceLogo(c, seen, logo);
    });
    return c.json({ logo: appView(env, row).logo }, 200);
  },
);

logoRoutes.openapi(
  route({
    method: "delete",
    path,
    tags,
    summary: "Back to letters on the app's colour",
    access: "session",
    request: { params },
    responses: answers(200, appLogo, "The picture is gone"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const row = await privileged(c, enterprise_id, "app.change", { action: "app.remove_logo" }, (seen) =>
      replaceLogo(c, seen, null),
    );
    return c.json({ logo: appView(c.env.deps.env, row).logo }, 200);
  },
);

logoRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{name}`,
    tags,
    summary: "An app's picture, for its members",
    access: "session",
    request: { params: params.extend({ name: id }) },
    responses: file,
  }),
  async (c) => {
    const { enterprise_id, name } = c.req.valid("param");
    const { enterprise } = await seeAs(c, enterprise_id, "app.read");
    return logoFile(c.env.deps.env, enterprise, name, "private");
  },
);

logoRoutes.openapi(
  route({
    method: "get",
    path: "/api/site/logo/{name}",
    tags: ["Site"],
    summary: "The picture of the app that this address is",
    access: "public",
    request: { params: z.object({ name: id }) },
    responses: file,
  }),
  async (c) => {
    const { app } = c.var.host;
    if (app === null) throw appError("NOT_FOUND");
    return logoFile(c.env.deps.env, app, c.req.valid("param").name, "public");
  },
);

async function replaceLogo(
  c: Ctx,
  { scope, enterprise }: SeenAs,
  logo: EnterpriseRow["logo"],
): Promise<EnterpriseRow> {
  const { db, env } = c.env.deps;
  const row = await updateEnterprise(db, scope, { logo });
  if (enterprise.logo) await env.FILES.delete(logoFileKey(scope, enterprise.logo.name));
  return row;
}
