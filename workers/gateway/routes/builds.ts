import * as z from "zod";
import { appError } from "#base/app-error";
import { redOf } from "#generator/publish-over-red";
import {
  answerBuild,
  approveBuild,
  BUILD_STEPS,
  type Build,
  build,
  listedBuild,
  overrideBuild,
  startBuild,
  startedBuild,
} from "#protocol/api/build";
import { listOf, listQuery } from "#protocol/api/list";
import { id } from "#protocol/ids";
import { findBuild, listBuilds } from "#workflows/builds";
import type { BuildDecision } from "../../chat-session/builds.ts";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { accepted } from "../answer-of.ts";
import { beginBuild } from "../begin-build.ts";
import type { Ctx } from "../call.ts";
import { listed } from "../listed-build.ts";
import { pageOf, placeOf } from "../page.ts";
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

/** Carries a decision out as the caller, and answers the build as it is then. */
function decide(
  c: Ctx,
  it: { enterprise_id: string; build_id: string },
  decision: BuildDecision,
): Promise<Build> {
  const deed = { action: DEEDS[decision.type], target: it.build_id };
  return privileged(c, it.enterprise_id, "app.build", deed, async (seen) => {
    const reached = await reachBuild(c, seen, it.build_id);
    const open = generatorOpen(seen.scope, reached.row.chatId, c.var.principal);
    accepted(await reached.session.decideBuild(open, it.build_id, decision));
    return readBuild(reached);
  });
}
const DEEDS: Record<BuildDecision["type"], string> = {
  answer: "builds.answer",
  approve: "builds.approve",
  publish: "builds.publish",
  cancel: "builds.cancel",
};

/** What an edit stands on. Errors: CONFLICT (it is to go live, and another version is live than the one it changes). */
function baseOf({ enterprise }: SeenAs, asked: { base_version?: number | undefined; publish: boolean }) {
  const { base_version } = asked;
  if (base_version === undefined) return {};
  const { liveVersion: live, draftVersion: draft } = enterprise;
  if (asked.publish && base_version !== live && base_version !== draft)
    throw appError("CONFLICT", { live_version: live }, "Another version is live by now. Edit that one.");
  return { base_version, expected_live: live };
}

export const buildRoutes = routes();

buildRoutes.openapi(
  route({
    method: "post",
    path: base,
    tags,
    summary: "Build the app from a prompt, or change a version of it",
    access: "session",
    creates: true,
    request: { params: z.object({ enterprise_id: id }), body: jsonBody(startBuild) },
    responses: answers(202, startedBuild, "Under way"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { answers: given = null, ...asked } = c.req.valid("json");
    const begun = await privileged(c, enterprise_id, "app.build", { action: "builds.start" }, (seen) =>
      beginBuild(c, seen.scope, { ...asked, answers: given, ...baseOf(seen, asked) }),
    );
    return c.json(begun, 202);
  },
);

buildRoutes.openapi(
  route({
    method: "get",
    path: base,
    tags,
    summary: "The app's builds, newest first",
    access: "session",
    request: { params: z.object({ enterprise_id: id }), query: listQuery },
    responses: answers(200, listOf(listedBuild), "A page of builds"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "app.build");
    const { deps } = c.env;
    const { cursor, limit } = c.req.valid("query");
    const rows = await listBuilds(deps.db, scope, { before: placeOf(cursor), limit: limit + 1 });
    const found = pageOf(rows, limit, (row) => ({ at: row.createdAt, id: row.buildId }));
    const items = await Promise.all(found.page.map((row) => listed(deps, scope, row)));
    return c.json({ items, next_cursor: found.next_cursor }, 200);
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
    path: `${one}/answers`,
    tags,
    summary: "Answer a build's questions, or skip them",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(answerBuild) },
    responses: answers(200, build, "The build"),
  }),
  async (c) => {
    const decision = { type: "answer" as const, ...c.req.valid("json") };
    return c.json(await decide(c, c.req.valid("param"), decision), 200);
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
    const decision = { type: "approve" as const, ...c.req.valid("json") };
    return c.json(await decide(c, c.req.valid("param"), decision), 200);
  },
);

buildRoutes.openapi(
  route({
    method: "post",
    path: `${one}/publish`,
    tags,
    summary: "Make a build live that is ready",
    access: "session",
    creates: true,
    request: { params },
    responses: answers(200, build, "The build"),
  }),
  async (c) => c.json(await decide(c, c.req.valid("param"), { type: "publish" }), 200),
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
  async (c) => c.json(await decide(c, c.req.valid("param"), { type: "cancel" }), 200),
);

buildRoutes.openapi(
  route({
    method: "post",
    path: `${one}/override`,
    tags,
    summary: "Publish a build whose conversations did not pass; owners only, with a reason",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(overrideBuild) },
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
      const open = generatorOpen(seen.scope, reached.row.chatId, c.var.principal);
      accepted(await reached.session.publishOverRed(open, reached.row.buildId, reason));
      return readBuild(reached);
    });
    return c.json(answer, 200);
  },
);
