import * as z from "zod";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { mayChangeRole, type Role } from "#enterprises/may";
import { memberInvitationMail } from "#mail/invitation-mail";
import {
  acceptInvitation,
  findInvitation,
  findOffered,
  type Invitation,
  invite as inviteMember,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from "#members/invitations";
import { deleted } from "#protocol/api/app";
import {
  acceptedInvitation,
  invitation,
  invitations,
  invitationToken,
  invite,
  offeredInvitation,
} from "#protocol/api/invitation";
import { id } from "#protocol/ids";
import { addressOf } from "../../rate-limiter/address-of.ts";
import { mustBeFew } from "../../rate-limiter/limit.ts";
import { FOUNDRY_LOOK, sendOrSay } from "../../send-or-say.ts";
import type { Ctx } from "../call.ts";
import { leaveRow, privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Members"];
const params = z.object({ enterprise_id: id });
const one = params.extend({ invitation_id: id });
const path = "/api/apps/{enterprise_id}/invitations";

export const invitationRoutes = routes();

invitationRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "Who was invited to run an app and has not answered",
    access: "session",
    request: { params },
    responses: answers(200, invitations, "Those that can still be accepted"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "members.read");
    const { db, clock } = c.env.deps;
    const items = (await listInvitations(db, scope, clock.now())).map(view);
    return c.json({ items }, 200);
  },
);

invitationRoutes.openapi(
  route({
    method: "post",
    path,
    tags,
    summary: "Invite somebody to run an app, by mail",
    description:
      "Good for seven days, once, for an account of this address whose owner has proven it, and while who invites may. " +
      "Errors: 403 (only owners invite owners), 409 (a member, or invited already), 503 (the mail could not be sent).",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(invite) },
    responses: answers(201, invitation, "The invitation"),
  }),
  async (c) => {
    const { email, role } = c.req.valid("json");
    const { enterprise_id } = c.req.valid("param");
    const deed = { action: "invitations.create", target: email, details: { role } };
    const made = await privileged(c, enterprise_id, "members.change", deed, async (seen) => {
      mustInviteTo(seen, role);
      const { deps } = c.env;
      const by = c.var.principal.user_id;
      const { invitationId, token } = await inviteMember(deps, seen.scope, {
        email,
        role,
        invitedBy: by,
        now: deps.clock.now(),
      });
      const it = await findInvitation(deps.db, seen.scope, invitationId);
      try {
        await send(c, seen, it, token);
      } catch (error) {
        await revokeInvitation(deps.db, seen.scope, invitationId);
        throw error;
      }
      return it;
    });
    return c.json(view(made), 201);
  },
);

invitationRoutes.openapi(
  route({
    method: "post",
    path: `${path}/{invitation_id}/resend`,
    tags,
    summary: "Send an invitation once more: by a new link, from now on; the link before is void",
    access: "session",
    request: { params: one },
    responses: answers(200, invitation, "The invitation"),
  }),
  async (c) => {
    const { enterprise_id, invitation_id } = c.req.valid("param");
    const deed = { action: "invitations.resend", target: invitation_id };
    const sent = await privileged(c, enterprise_id, "members.change", deed, async (seen) => {
      const { deps } = c.env;
      const before = await findInvitation(deps.db, seen.scope, invitation_id);
      mustInviteTo(seen, before.role);
      const by = c.var.principal.user_id;
      const it = { invitationId: invitation_id, by, now: deps.clock.now() };
      const { token } = await renewInvitation(deps, seen.scope, it);
      const now = await findInvitation(deps.db, seen.scope, invitation_id);
      await send(c, seen, now, token);
      return now;
    });
    return c.json(view(sent), 200);
  },
);

invitationRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{invitation_id}`,
    tags,
    summary: "Take an invitation back",
    access: "session",
    request: { params: one },
    responses: answers(200, deleted, "Its link is void"),
  }),
  async (c) => {
    const { enterprise_id, invitation_id } = c.req.valid("param");
    const deed = { action: "invitations.revoke", target: invitation_id };
    await privileged(c, enterprise_id, "members.change", deed, ({ scope }) =>
      revokeInvitation(c.env.deps.db, scope, invitation_id),
    );
    return c.json({ deleted: true } as const, 200);
  },
);

invitationRoutes.openapi(
  route({
    method: "post",
    path: "/api/invitations/look",
    tags,
    summary: "What a link of a mail invites to",
    access: "public",
    request: { body: jsonBody(invitationToken) },
    responses: answers(200, offeredInvitation, "It can be accepted"),
  }),
  async (c) => {
    const it = await offeredBy(c, c.req.valid("json").token);
    return c.json(
      {
        app_name: it.appName,
        email: it.email,
        role: it.role,
        invited_by: it.invitedBy,
        expires_at: isoTime(it.expiresAt),
      },
      200,
    );
  },
);

invitationRoutes.openapi(
  route({
    method: "post",
    path: "/api/invitations/accept",
    tags,
    summary: "Become a member by an invitation",
    description:
      "Errors: 404 (used, taken back, expired, or who invited may not any more), 403 FORBIDDEN (another account's address), " +
      "403 ADDRESS_NOT_PROVEN (prove it by a code, then try again), 409 (a member already).",
    access: "session",
    request: { body: jsonBody(invitationToken) },
    responses: answers(200, acceptedInvitation, "A member from now on"),
  }),
  async (c) => {
    const { deps } = c.env;
    const it = await offeredBy(c, c.req.valid("json").token);
    const { user_id: userId } = c.var.principal;
    await acceptInvitation(deps.db, it, { userId, now: deps.clock.now() });
    const deed = { action: "invitations.accept", target: it.invitationId, details: { role: it.role } };
    await leaveRow(c, { scope: it.scope, role: it.role }, deed, "done");
    return c.json({ enterprise_id: it.scope.enterprise_id, role: it.role }, 200);
  },
);

/** Only owners make owners. Error: FORBIDDEN. */
function mustInviteTo(seen: SeenAs, role: Role): void {
  if (!mayChangeRole(seen.role, null, role)) throw appError("FORBIDDEN");
}

/** The foundry's own address takes invitations, no app's. Errors: NOT_FOUND; RATE_LIMITED, when too many tokens are tried. */
async function offeredBy(c: Ctx, token: string) {
  if (c.var.host.realm !== FOUNDRY_REALM) throw appError("NOT_FOUND");
  const { db, clock, env } = c.env.deps;
  await mustBeFew(c.env.deps, [[{ rate: "proof_by_address", of: addressOf(c.req.raw.headers, env) }]]);
  return findOffered(db, token, clock.now());
}

/** Error: UNAVAILABLE. */
async function send(c: Ctx, { enterprise }: SeenAs, it: Invitation, token: string): Promise<void> {
  const url = `${c.env.origin}/invite#token=${token}`;
  const { email: to, role } = it;
  const mail = memberInvitationMail(
    { to, app: enterprise.name, by: c.var.principal.email, role, url },
    FOUNDRY_LOOK,
  );
  await sendOrSay(c.env.deps, mail);
}

function view(it: Invitation): z.infer<typeof invitation> {
  return {
    invitation_id: it.invitationId,
    email: it.email,
    role: it.role,
    invited_by: it.invitedBy,
    created_at: isoTime(it.createdAt),
    expires_at: isoTime(it.expiresAt),
  };
}
