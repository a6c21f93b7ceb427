import * as z from "zod";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { mayEnter } from "#enterprises/access";
import { scopeOf } from "#enterprises/scope";
import { userInvitationMail } from "#mail/invitation-mail";
import { changeEndUser, type EndUser, findEndUser, joinByLink, listEndUsers } from "#members/end-users";
import {
  addInvitedAddress,
  type InvitedAddress,
  listInvitedAddresses,
  removeInvitedAddress,
} from "#members/invited-addresses";
import { deleted } from "#protocol/api/app";
import {
  addressParam,
  endUser,
  endUserQuery,
  inviteAddress,
  invitedAddress,
  joined,
  joinToken,
  patchEndUser,
} from "#protocol/api/end-user";
import { listOf, listQuery } from "#protocol/api/list";
import { id } from "#protocol/ids";
import { appUrl } from "../../app-url.ts";
import { FOUNDRY_LOOK, sendOrSay } from "../../send-or-say.ts";
import { closeToUnadmitted } from "../close-to-unadmitted.ts";
import { giveRoles } from "../give-roles.ts";
import { isJoinToken } from "../join-link.ts";
import { pageOf, placeOf } from "../page.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["End users"];
const params = z.object({ enterprise_id: id });
const path = "/api/apps/{enterprise_id}/users";
const invitedPath = "/api/apps/{enterprise_id}/invited-users";

export const endUserRoutes = routes();

endUserRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "Who uses an app, newest first; with `search`, by a part of a name or address",
    access: "session",
    request: { params, query: endUserQuery },
    responses: answers(200, listOf(endUser), "A page of people"),
  }),
  async (c) => {
    const seen = await seeAs(c, c.req.valid("param").enterprise_id, "users.read");
    const { cursor, limit, search } = c.req.valid("query");
    const page = { before: placeOf(cursor), limit: limit + 1, search };
    const rows = await listEndUsers(c.env.deps.db, seen.scope, page);
    const found = pageOf(rows, limit, (it) => ({ at: it.createdAt, id: it.userId }));
    return c.json({ items: found.page.map((it) => view(seen, it)), next_cursor: found.next_cursor }, 200);
  },
);

endUserRoutes.openapi(
  route({
    method: "patch",
    path: `${path}/{user_id}`,
    tags,
    summary: "Give somebody roles of the app, let them in, or keep them out",
    description:
      "`roles` are names that the live version declares for the chat; they count from the next message on, in open chats too. " +
      "`admitted: false` closes what they have open.",
    access: "session",
    request: { params: params.extend({ user_id: id }), body: jsonBody(patchEndUser) },
    responses: answers(200, endUser, "The person as they are now"),
  }),
  async (c) => {
    const { enterprise_id, user_id } = c.req.valid("param");
    const { roles, admitted } = c.req.valid("json");
    const details: Record<string, unknown> = {};
    const deed = { action: "users.change", target: user_id, details };
    const changed = await privileged(c, enterprise_id, "users.change", deed, async (seen) => {
      const { deps } = c.env;
      const { db, clock } = deps;
      const { scope } = seen;
      const before = (await findEndUser(db, scope, user_id)).here;
      if (roles) mustBeDeclared(seen, roles);
      if (roles) details.roles = { before: before.roles, after: roles };
      if (admitted !== undefined) details.admitted = { before: before.admitted, after: admitted };
      if (roles) await giveRoles(deps, scope, user_id, roles);
      if (admitted !== undefined) {
        await changeEndUser(db, scope, user_id, { admitted, now: clock.now() });
        await closeToUnadmitted(deps, scope, seen.enterprise);
      }
      return view(seen, await findEndUser(db, scope, user_id));
    });
    return c.json(changed, 200);
  },
);

endUserRoutes.openapi(
  route({
    method: "get",
    path: invitedPath,
    tags,
    summary: "Addresses whose owners may use an app that is for invited people only",
    access: "session",
    request: { params, query: listQuery },
    responses: answers(200, listOf(invitedAddress), "A page of addresses"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "users.read");
    const { cursor, limit } = c.req.valid("query");
    const page = { after: cursor ?? null, limit: limit + 1 };
    const rows = await listInvitedAddresses(c.env.deps.db, scope, page);
    const shown = rows.slice(0, limit);
    const next_cursor = rows.length > limit ? (shown.at(-1)?.email ?? null) : null;
    return c.json({ items: shown.map(addressView), next_cursor }, 200);
  },
);

endUserRoutes.openapi(
  route({
    method: "post",
    path: invitedPath,
    tags,
    summary: "Invite somebody to use an app, by mail: whoever proves that address may come in",
    description: "Errors: 409 (on the list already), 503 (the mail could not be sent).",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(inviteAddress) },
    responses: answers(201, invitedAddress, "On the list"),
  }),
  async (c) => {
    const { email } = c.req.valid("json");
    const deed = { action: "users.invite", target: email };
    const { enterprise_id } = c.req.valid("param");
    const made = await privileged(c, enterprise_id, "users.change", deed, async ({ scope, enterprise }) => {
      const { deps } = c.env;
      const it = { email, by: c.var.principal.user_id, now: deps.clock.now() };
      const added = await addInvitedAddress(deps.db, scope, it);
      const colour = enterprise.branding.primary_color ?? FOUNDRY_LOOK.colour;
      const url = `${appUrl(deps.env, enterprise)}/sign-in`;
      try {
        await sendOrSay(
          deps,
          userInvitationMail({ to: added.email, url }, { name: enterprise.name, colour }),
        );
      } catch (error) {
        await removeInvitedAddress(deps.db, scope, added.email);
        throw error;
      }
      return added;
    });
    return c.json(addressView(made), 201);
  },
);

endUserRoutes.openapi(
  route({
    method: "delete",
    path: `${invitedPath}/{email}`,
    tags,
    summary: "Take an address off the list; whom only that let in is sent out",
    access: "session",
    request: { params: params.extend({ email: addressParam }) },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, email } = c.req.valid("param");
    const deed = { action: "users.uninvite", target: email };
    await privileged(c, enterprise_id, "users.change", deed, async ({ scope, enterprise }) => {
      await removeInvitedAddress(c.env.deps.db, scope, email);
      await closeToUnadmitted(c.env.deps, scope, enterprise);
    });
    return c.json({ deleted: true } as const, 200);
  },
);

endUserRoutes.openapi(
  route({
    method: "post",
    path: "/api/join",
    tags,
    summary: "Come into an app by its link, with an account of it",
    description:
      "At the app's own address. Errors: 404 (no such link any more), 403 NOT_ADMITTED (a guest, or put out).",
    access: "session",
    request: { body: jsonBody(joinToken) },
    responses: answers(200, joined, "May come in from now on"),
  }),
  async (c) => {
    const { app } = c.var.host;
    const { principal } = c.var;
    if (app?.status !== "live" || !(await isJoinToken(app, c.req.valid("json").token)))
      throw appError("NOT_FOUND");
    const { db } = c.env.deps;
    const scope = scopeOf(app.enterpriseId);
    if (principal.guest || !(await joinByLink(db, scope, principal.user_id))) throw appError("NOT_ADMITTED");
    return c.json({ joined: true } as const, 200);
  },
);

/** Error: BAD_REQUEST, naming the roles that there are. */
function mustBeDeclared({ declared }: SeenAs, roles: readonly string[]): void {
  const names = declared.filter(({ where }) => where === "chat").map(({ name }) => name);
  const unknown = roles.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const there = names.length > 0 ? names.map((name) => `"${name}"`).join(", ") : "none";
  const message = `has "${unknown[0]}", but the app's roles for end users are: ${there}`;
  throw appError("BAD_REQUEST", { issues: [{ path: "roles", message }] });
}

function view({ enterprise }: SeenAs, it: EndUser): z.infer<typeof endUser> {
  const { guest, admitted, roles } = it.here;
  const kind = guest ? "guest" : it.email.endsWith("@visitor.invalid") ? "visitor" : "account";
  return {
    user_id: it.userId,
    kind,
    name: it.name,
    email: kind === "account" ? it.email : null,
    email_verified: it.proven,
    roles,
    admitted,
    may_enter: mayEnter(enterprise.visibility, it.here),
    created_at: isoTime(it.createdAt),
  };
}

function addressView({ email, createdAt }: InvitedAddress): z.infer<typeof invitedAddress> {
  return { email, created_at: isoTime(createdAt) };
}
