import * as z from "zod";
import { appError } from "#base/app-error";
import { approveBuild, BUILD_STEPS, type Build, build, startBuild, startedBuild } from "#protocol/api/build";
import { id } from "#protocol/ids";
import { findBuild } from "#workflows/builds";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { accepted } from "../answer-of.ts";
import { beginBuild } from "../begin-build.ts";
import type { Ctx } from "../call.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAsMember } from "../see-enterprise.ts";
import { generatorOpen } from "../session-open-of.ts";

const tags = ["Builds"];
const base = "/api/apps/{enterprise_id}/builds";
const one = `${base}/{build_id}` as const;
const params = z.object({ enterprise_id: id, build_id: id });

/** A build of an enterprise the caller runs, with the object that carries it. */
async function reachBuild(c: Ctx, of: z.infer<typeof params>) {
  const { deps } = c.env;
  const { scope } = await seeAsMember(c, of.enterprise_id);
  const row = await findBuild(deps.db, scope, of.build_id);
  if (row === null) throw appError("NOT_FOUND");
  const session = chatSessionFor(deps.env, scope.enterprise_id, row.chatId);
  return { scope, row, session };
}

/** The build as its object tells it; before the object has taken it up, all of it is yet to come. */
async function readBuild({ row, session }: Awaited<ReturnType<typeof reachBuild>>): Promise<Build> {
  const told = (await session.getBuild(row.buildId)) as Build | null;
  return (
    told ?? {
      build_id: row.buildId,
      enterprise_id: row.enterpriseId,
      chat_id: row.chatId,
      prompt: row.prompt,
      status: "building",
      steps: BUILD_STEPS.map((name) => ({ name, status: "waiting" })),
      cost_nano: "0",
    }
  );
}

export const buildRoutes = routes();

buildRoutes.openapi(
  route({
    method: "post",
    path: base,
    tags,
    summary: "Build the app from a prompt",
    access: "session",
    creates: true,
    request: { params: z.object({ enterprise_id: id }), body: jsonBody(startBuild) },
    responses: answers(202, startedBuild, "Under way"),
  }),
  async (c) => {
    const { scope } = await seeAsMember(c, c.req.valid("param").enterprise_id);
    return c.json(await beginBuild(c, scope, c.req.valid("json")), 202);
  },
);

buildRoutes.openapi(
  route({
    method: "get",
    path: one,
    tags,
    summary: "How far a build is",
    access: "session",
    request: { params },
    responses: answers(200, build, "The build"),
  }),
  async (c) => c.json(await readBuild(await reachBuild(c, c.req.valid("param"))), 200),
);

buildRoutes.openapi(
  route({
    method: "post",
    path: `${one}/approve`,
    tags,
    summary: "Say yes to the plan that was shown, or to an edited one",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(approveBuild) },
    responses: answers(200, build, "The build"),
  }),
  async (c) => {
    const reached = await reachBuild(c, c.req.valid("param"));
    const { scope, row, session } = reached;
    const open = generatorOpen(scope, row.chatId, c.var.principal);
    accepted(await session.approveBuild(open, { build_id: row.buildId, ...c.req.valid("json") }));
    return c.json(await readBuild(reached), 200);
  },
);

buildRoutes.openapi(
  route({
    method: "post",
    path: `${one}/cancel`,
    tags,
    summary: "Stop a build; what is live stays live",
    access: "session",
    request: { params },
    responses: answers(200, build, "The build"),
  }),
  async (c) => {
    const reached = await reachBuild(c, c.req.valid("param"));
    accepted(await reached.session.cancelBuild(reached.row.buildId));
    return c.json(await readBuild(reached), 200);
  },
);
