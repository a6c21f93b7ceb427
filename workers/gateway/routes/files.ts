import * as z from "zod";
import { appError } from "#base/app-error";
import { type ChangedFiles, changedFiles, fileIssues, savedFiles, savedVersion } from "#protocol/api/files";
import { id } from "#protocol/ids";
import { checkApp } from "#workflows/check-app";
import { findVersion } from "#workflows/list-versions";
import { readVersion } from "#workflows/load-version";
import { locateIssue } from "#workflows/locate-issue";
import { parseApp } from "#workflows/parse-app";
import { keepTexts } from "../../publish/import-app.ts";
import type { Ctx } from "../call.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Versions"];
const base = "/api/apps/{enterprise_id}/files" as const;
const params = z.object({ enterprise_id: id });

/** The version's texts with what was changed. Error: NOT_FOUND (no such version). */
async function changed(c: Ctx, { scope }: SeenAs, { base_version, changes }: ChangedFiles) {
  const { db, files } = c.env.deps;
  if (!(await findVersion(db, scope, base_version))) throw appError("NOT_FOUND");
  const texts = { ...(await readVersion(files, scope, base_version)), ...changes };
  return Object.fromEntries(
    Object.entries(texts).filter((it): it is [string, string] => typeof it[1] === "string"),
  );
}

export const fileRoutes = routes();

fileRoutes.openapi(
  route({
    method: "post",
    path: `${base}/check`,
    tags,
    summary: "What is wrong with a version's files as they were changed; nothing is kept",
    access: "session",
    request: { params, body: jsonBody(changedFiles) },
    responses: answers(200, fileIssues, "Each with its line; none when all fits together"),
  }),
  async (c) => {
    const seen = await seeAs(c, c.req.valid("param").enterprise_id, "app.build");
    const texts = await changed(c, seen, c.req.valid("json"));
    const parsed = parseApp(texts);
    const { knowsProvider } = c.env.deps;
    const issues = parsed.ok
      ? checkApp(parsed.files, { startable: Object.keys(parsed.files.workflows), knowsProvider })
      : parsed.issues;
    return c.json({ issues: issues.map((issue) => locateIssue(texts, issue)) }, 200);
  },
);

fileRoutes.openapi(
  route({
    method: "post",
    path: base,
    tags,
    summary: "Keep a version's files as they were changed as the app's draft, once their conversations pass",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(savedFiles) },
    responses: answers(201, savedVersion, "Kept"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { note, ...asked } = c.req.valid("json");
    const details: Record<string, unknown> = { base_version: asked.base_version };
    const deed = { action: "versions.save", details };
    const version = await privileged(c, enterprise_id, "app.build", deed, async (seen) => {
      const texts = await changed(c, seen, asked);
      const { env } = c.env.deps;
      const kept = await keepTexts(env, seen.scope, c.var.principal.user_id, texts, "draft", note);
      Object.assign(details, { version: kept });
      return kept;
    });
    return c.json({ version }, 201);
  },
);
