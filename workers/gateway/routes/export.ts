import * as z from "zod";
import { appError } from "#base/app-error";
import { exportParams, importedApp, importForm } from "#protocol/api/export";
import { id } from "#protocol/ids";
import { findVersion } from "#workflows/list-versions";
import { readVersion } from "#workflows/load-version";
import { writeZip } from "#workflows/zip/write-zip";
import { appUrl } from "../../app-url.ts";
import { importApp } from "../../publish/import-app.ts";
import { privileged } from "../privileged.ts";
import { readForm } from "../read-form.ts";
import { answers, answersFile, formBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Versions"];
const base = "/api/apps/{enterprise_id}";

export const exportRoutes = routes();

exportRoutes.openapi(
  route({
    method: "get",
    path: `${base}/versions/{version}/export`,
    tags,
    summary: "A version's files as a zip, to keep, to read or to import elsewhere",
    access: "session",
    request: { params: exportParams },
    responses: answersFile("application/zip", "The zip"),
  }),
  async (c) => {
    const { enterprise_id, version } = c.req.valid("param");
    const { deps } = c.env;
    const { scope, enterprise } = await seeAs(c, enterprise_id, "app.build");
    if (!(await findVersion(deps.db, scope, version))) throw appError("NOT_FOUND");
    const zip = writeZip(await readVersion(deps.files, scope, version));
    return new Response(zip, {
      headers: {
        "content-type": "application/zip",
        "content-length": String(zip.byteLength),
        "content-disposition": `attachment; filename="${enterprise.slug}-${version}.zip"`,
        "x-content-type-options": "nosniff",
      },
    });
  },
);

exportRoutes.openapi(
  route({
    method: "post",
    path: `${base}/import`,
    tags,
    summary: "Make the app's next version of a zip of its files, live or as a draft",
    access: "session",
    upload: true,
    rough: "UPLOADS",
    request: { params: z.object({ enterprise_id: id }), body: formBody(Object.keys(importForm.shape)) },
    responses: answers(201, importedApp, "Kept"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { env } = c.env.deps;
    const details: Record<string, unknown> = {};
    const deed = { action: "app.import", details };
    const made = await privileged(c, enterprise_id, "app.build", deed, async ({ scope, enterprise }) => {
      const { file, fields } = await readForm(c);
      const asked = importForm.safeParse(fields);
      if (!asked.success)
        throw appError("BAD_REQUEST", {
          issues: asked.error.issues.map((it) => ({ path: it.path.join("."), message: it.message })),
        });
      const { as } = asked.data;
      const version = await importApp(env, scope, c.var.principal.user_id, file.bytes, as);
      Object.assign(details, { version, as });
      return { version, status: as, url: appUrl(env, enterprise) };
    });
    return c.json(made, 201);
  },
);
