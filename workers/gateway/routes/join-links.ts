import * as z from "zod";
import { isoTime } from "#base/clock";
import { sha256Hex } from "#base/sha256-hex";
import { updateEnterprise } from "#enterprises/update-enterprise";
import { deleted } from "#protocol/api/app";
import { joinLink } from "#protocol/api/end-user";
import { id } from "#protocol/ids";
import { appUrl } from "../../app-url.ts";
import { privileged } from "../privileged.ts";
import { answers, route, routes } from "../route.ts";

const tags = ["End users"];
const params = z.object({ enterprise_id: id });
const path = "/api/apps/{enterprise_id}/join-link";

export const joinLinkRoutes = routes();

joinLinkRoutes.openapi(
  route({
    method: "post",
    path,
    tags,
    summary: "A link by which people join an app; the one before is void, who joined by it stays",
    description: "Told this once: only a hash of it is kept. When it was made stands in the app's settings.",
    access: "session",
    request: { params },
    responses: answers(201, joinLink, "The link"),
  }),
  async (c) => {
    const deed = { action: "users.make_link" };
    const { enterprise_id } = c.req.valid("param");
    const made = await privileged(c, enterprise_id, "users.change", deed, async ({ scope, enterprise }) => {
      const { db, env, newId, clock } = c.env.deps;
      const token = newId("").slice(1) + newId("").slice(1);
      const now = clock.now();
      await updateEnterprise(db, scope, { joinHash: await sha256Hex(token), joinMadeAt: now });
      return { url: `${appUrl(env, enterprise)}/join#token=${token}`, created_at: isoTime(now) };
    });
    return c.json(made, 201);
  },
);

joinLinkRoutes.openapi(
  route({
    method: "delete",
    path,
    tags,
    summary: "No link any more; who joined by it stays",
    access: "session",
    request: { params },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const deed = { action: "users.end_link" };
    await privileged(c, c.req.valid("param").enterprise_id, "users.change", deed, ({ scope }) =>
      updateEnterprise(c.env.deps.db, scope, { joinHash: null, joinMadeAt: null }),
    );
    return c.json({ deleted: true } as const, 200);
  },
);
