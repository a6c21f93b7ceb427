import * as z from "zod";
import { askForFreshSession } from "#auth/fresh-session";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { mayChangeRole } from "#enterprises/may";
import { changeRole, findMember, listMembers, type Member, removeMember } from "#members/members";
import { transferOwnership } from "#members/transfer";
import { deleted } from "#protocol/api/app";
import { changeMember, member, members, newOwner } from "#protocol/api/member";
import { id } from "#protocol/ids";
import type { Ctx } from "../call.ts";
import { expel } from "../expel.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Members"];
const params = z.object({ enterprise_id: id });
const one = params.extend({ user_id: id });
const path = "/api/apps/{enterprise_id}/members";

export const memberRoutes = routes();

memberRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "Who runs an app",
    access: "session",
    request: { params },
    responses: answers(200, members, "All members"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "members.read");
    const items = (await listMembers(c.env.deps.db, scope)).map(view);
    return c.json({ items }, 200);
  },
);

memberRoutes.openapi(
  route({
    method: "patch",
    path: `${path}/{user_id}`,
    tags,
    summary: "Give a member another role",
    access: "session",
    request: { params: one, body: jsonBody(changeMember) },
    responses: answers(200, member, "The member as it is now"),
  }),
  async (c) => {
    const { enterprise_id, user_id } = c.req.valid("param");
    const { role } = c.req.valid("json");
    const details: Record<string, unknown> = { to: role };
    const deed = { action: "members.change", target: user_id, details };
    const changed = await privileged(c, enterprise_id, "members.change", deed, async (seen) => {
      const now = await find(c, seen, user_id);
      details.from = now.role;
      if (!mayChangeRole(seen.role, now.role, role)) throw appError("FORBIDDEN");
      const { deps } = c.env;
      await changeRole(deps.db, seen.scope, { userId: user_id, from: now.role, to: role });
      await expel(deps, seen.scope, user_id, role);
      return { ...now, role };
    });
    return c.json(view(changed), 200);
  },
);

memberRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{user_id}`,
    tags,
    summary: "Remove a member",
    access: "session",
    request: { params: one },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, user_id } = c.req.valid("param");
    const details: Record<string, unknown> = {};
    const deed = { action: "members.remove", target: user_id, details };
    // Everybody may go; of others, only who may change roles decides.
    const own = c.var.principal.user_id === user_id;
    await privileged(c, enterprise_id, own ? "app.read" : "members.change", deed, async (seen) => {
      const now = await find(c, seen, user_id);
      details.from = now.role;
      if (!own && !mayChangeRole(seen.role, now.role, null)) throw appError("FORBIDDEN");
      const { deps } = c.env;
      await removeMember(deps.db, seen.scope, { userId: user_id, from: now.role });
      await expel(deps, seen.scope, user_id, null);
    });
    return c.json({ deleted: true } as const, 200);
  },
);

memberRoutes.openapi(
  route({
    method: "post",
    path: "/api/apps/{enterprise_id}/owner",
    tags,
    summary: "Hand an app over to one of its admins; the owner becomes an admin",
    description:
      "At once, by an owner who has signed in within the last ten minutes. Errors: 403 FRESH_SIGN_IN_NEEDED, 409 (no admin).",
    access: "session",
    request: { params, body: jsonBody(newOwner) },
    responses: answers(200, members, "All members as they are now"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { user_id: to } = c.req.valid("json");
    const deed = { action: "members.transfer", target: to };
    const items = await privileged(c, enterprise_id, "app.transfer", deed, async ({ scope }) => {
      const { deps } = c.env;
      const { user_id: from, session_id: sessionId } = c.var.principal;
      await askForFreshSession(deps.db, FOUNDRY_REALM, { userId: from, sessionId, now: deps.clock.now() });
      await transferOwnership(deps.db, scope, { from, to });
      await expel(deps, scope, from, "admin");
      await expel(deps, scope, to, "owner");
      return (await listMembers(deps.db, scope)).map(view);
    });
    return c.json({ items }, 200);
  },
);

/** Error: NOT_FOUND. */
async function find(c: Ctx, seen: SeenAs, userId: string): Promise<Member> {
  const found = await findMember(c.env.deps.db, seen.scope, userId);
  if (!found) throw appError("NOT_FOUND");
  return found;
}

function view({ userId, email, name, role, createdAt }: Member): z.infer<typeof member> {
  return { user_id: userId, email, name, role, created_at: isoTime(createdAt) };
}
