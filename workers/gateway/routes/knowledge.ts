import * as z from "zod";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import type { KnowledgeFile } from "#knowledge/open-index";
import {
  knowledgeFile,
  knowledgeHits,
  knowledgeSearch,
  passage,
  passagesQuery,
} from "#protocol/api/knowledge";
import { listOf, listQuery } from "#protocol/api/list";
import { id } from "#protocol/ids";
import { knowledgeFor } from "../../knowledge/knowledge-for.ts";
import { type Deed, privileged } from "../privileged.ts";
import { readForm } from "../read-form.ts";
import { answers, formBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Knowledge"];
const params = z.object({ enterprise_id: id });
const ofFile = params.extend({ file_id: id });

function viewOf({ sha256: _, created_at, ...file }: KnowledgeFile) {
  return { ...file, created_at: isoTime(created_at) };
}

/** A page begins behind the last file of the one before, by name and id; the cursor is that as JSON in base64url. */
function cursorOf({ name, file_id }: KnowledgeFile): string {
  return new TextEncoder()
    .encode(JSON.stringify([name, file_id]))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

function placeOf(cursor: string | undefined): { name: string; file_id: string } | null {
  if (cursor === undefined) return null;
  try {
    const bytes = Uint8Array.fromBase64(cursor, { alphabet: "base64url" });
    const [name, fileId] = z.tuple([z.string(), id]).parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { name, file_id: fileId };
  } catch {
    throw appError("BAD_REQUEST", { issues: [{ path: "cursor", message: "is not a cursor of this list" }] });
  }
}

export const knowledgeRoutes = routes();

knowledgeRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps/{enterprise_id}/knowledge",
    tags,
    summary: "A file that the app's agents may cite: text, Markdown, HTML, CSV, JSON or PDF",
    access: "session",
    upload: true,
    rough: "UPLOADS",
    request: { params, body: formBody([]) },
    responses: answers(
      202,
      knowledgeFile,
      "Kept, and found once it is `ready`. The same content again is the same file; another one of its name takes its place",
    ),
  }),
  async (c) => {
    const deed: Deed = { action: "knowledge.add" };
    const { enterprise_id } = c.req.valid("param");
    const added = await privileged(c, enterprise_id, "data.change", deed, async ({ scope }) => {
      const { file } = await readForm(c);
      const kept = await knowledgeFor(c.env.deps.env, scope.enterprise_id).add(file.name, file.bytes);
      Object.assign(deed, { target: kept.file_id, details: { bytes: file.bytes.byteLength } });
      return kept;
    });
    return c.json(viewOf(added), 202);
  },
);

knowledgeRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/knowledge",
    tags,
    summary: "What the app's agents may cite, by name",
    access: "session",
    request: { params, query: listQuery },
    responses: answers(200, listOf(knowledgeFile), "A page of files"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "data.change");
    const { cursor, limit } = c.req.valid("query");
    const found = await knowledgeFor(c.env.deps.env, scope.enterprise_id).list(placeOf(cursor), limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next_cursor = found.length > limit && last ? cursorOf(last) : null;
    return c.json({ items: page.map(viewOf), next_cursor }, 200);
  },
);

// Before the route of one file, whose id it would be.
knowledgeRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/knowledge/search",
    tags,
    summary: "What an agent would find in the app's files",
    access: "session",
    request: { params, query: knowledgeSearch },
    responses: answers(200, knowledgeHits, "The best passages, numbered as they would be cited"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "data.change");
    const options = { files: [], top: LIMITS.knowledgeMaxHits };
    const hits = await knowledgeFor(c.env.deps.env, scope.enterprise_id).search(
      c.req.valid("query").q,
      options,
    );
    return c.json({ hits }, 200);
  },
);

knowledgeRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/knowledge/{file_id}/passages",
    tags,
    summary: "A file as its agents find it: passage by passage",
    access: "session",
    request: { params: ofFile, query: passagesQuery },
    responses: answers(200, listOf(passage), "A page of passages"),
  }),
  async (c) => {
    const { enterprise_id, file_id } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "data.change");
    const { cursor = 0, limit } = c.req.valid("query");
    const knowledge = knowledgeFor(c.env.deps.env, scope.enterprise_id);
    if (!(await knowledge.file(file_id))) throw appError("NOT_FOUND");
    const found = await knowledge.passages(file_id, cursor, limit + 1);
    const next = found[limit];
    return c.json({ items: found.slice(0, limit), next_cursor: next ? String(next.position) : null }, 200);
  },
);

knowledgeRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/knowledge/{file_id}",
    tags,
    summary: "How far a file is",
    access: "session",
    request: { params: ofFile },
    responses: answers(200, knowledgeFile, "The file"),
  }),
  async (c) => {
    const { enterprise_id, file_id } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "data.change");
    const file = await knowledgeFor(c.env.deps.env, scope.enterprise_id).file(file_id);
    if (!file) throw appError("NOT_FOUND");
    return c.json(viewOf(file), 200);
  },
);

knowledgeRoutes.openapi(
  route({
    method: "delete",
    path: "/api/apps/{enterprise_id}/knowledge/{file_id}",
    tags,
    summary: "Takes an upload out, with its content",
    access: "session",
    request: { params: ofFile },
    responses: answers(200, z.object({ deleted: z.literal(true) }), "It is not found any more"),
  }),
  async (c) => {
    const { enterprise_id, file_id } = c.req.valid("param");
    const deed = { action: "knowledge.remove", target: file_id };
    await privileged(c, enterprise_id, "data.change", deed, async ({ scope }) => {
      if (!(await knowledgeFor(c.env.deps.env, scope.enterprise_id).remove(file_id)))
        throw appError("NOT_FOUND");
    });
    return c.json({ deleted: true as const }, 200);
  },
);
