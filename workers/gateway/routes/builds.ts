import * as z from "zod";
import { appError } from "#base/app-error";
import { redOf } from "#generator/publish-over-red";
import {
  approveBuild,
  BUILD_STEPS,
  type Build,
  build,
  publishBuild,
  startBuild,
  startedBuild,
} from "#protocol/api/build";
import { id } from "#protocol/ids";
import { findBuild } from "#workflows/builds";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { accepted } from "../answer-of.ts";
import { beginBuild } from "../begin-build.ts";
import type { Ctx } from "../call.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";
import { generatorOpen } from "../session-open-of.ts";

const tags = ["Builds"];
const base = "/api/apps/{enterprise_id}/builds";
const one = `${base}/{build_id}` as const;
const params = z.object({ enterprise_id: id, build_id: id });

/** A build of an enterprise the caller runs, with the object that carries it. */
async function reachBuild(c: Ctx, { scope }: SeenAs, buildId: string) {
  const { deps } = c.env;
  const row = await findBuild(deps.db, scope, buildId);
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
    const { enterprise_id } = c.req.valid("param");
    const begun = await privileged(c, enterprise_id, "app.build", { action: "builds.start" }, ({ scope }) =>
      beginBuild(c, scope, c.req.valid("json")),
    );
    return c.json(begun, 202);
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
  async (c) => {
    const { enterprise_id, build_id } = c.req.valid("param");
    const seen = await seeAs(c, enterprise_id, "app.build");
    return c.json(await readBuild(await reachBuild(c, seen, build_id)), 200);
  },
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
    const { enterprise_id, build_id } = c.req.valid("param");
    const deed = { action: "builds.approve", target: build_id };
    const answer = await privileged(c, enterprise_id, "app.build", deed, async (seen) => {
      const reached = await reachBuild(c, seen, build_id);
      const { scope, row, session } = reached;
      const open = generatorOpen(scope, row.chatId, c.var.principal);
      accepted(await session.approveBuild(open, { build_id: row.buildId, ...c.req.valid("json") }));
      return readBuild(reached);
    });
    return c.json(answer, 200);
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
    const { enterprise_id, build_id } = c.req.valid("param");
    const deed = { action: "builds.cancel", target: build_id };
    const answer = await privileged(c, enterprise_id, "app.build", deed, async (seen) => {
      const reached = await reachBuild(c, seen, build_id);
      accepted(await reached.session.cancelBuild(reached.row.buildId));
      return readBuild(reached);
    });
    return c.json(answer, 200);
  },
);

buildRoutes.openapi(
  route({
    method: "post",
    path: `${one}/publish`,
    tags,
    summary: "Publish a build whose conversations did not pass; owners only, with a reason",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(publishBuild) },
    responses: answers(200, build, "Live"),
  }),
  async (c) => {
    const { enterprise_id, build_id } = c.req.valid("param");
    const { reason } = c.req.valid("json");
    const details: Record<string, unknown> = { reason };
    const deed = { action: "builds.override", target: build_id, details };
    const answer = await privileged(c, enterprise_id, "app.override", deed, async (seen) => {
      const reached = await reachBuild(c, seen, build_id);
      details.red = redOf(await readBuild(reached));
      const by = { user_id: c.var.principal.user_id, reason };
      accepted(await reached.session.publishOverRed(by, reached.row.buildId));
      return readBuild(reached);
    });
    return c.json(answer, 200);
  },
);
