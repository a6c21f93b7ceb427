import { FOUNDRY_REALM } from "#auth/realm";
import { listEnterprisesOf } from "#enterprises/list-enterprises";
import { me } from "#protocol/api/me";
import { answers, route, routes } from "../route.ts";

/** Enough to choose from; the whole list is `GET /api/apps`. */
const MAX_LISTED = 100;

export const meRoutes = routes();

meRoutes.openapi(
  route({
    method: "get",
    path: "/api/me",
    tags: ["People"],
    summary: "Who I am here",
    access: "session",
    responses: answers(200, me, "The caller"),
  }),
  async (c) => {
    const { user_id, email, name, realm } = c.var.principal;
    const own =
      realm === FOUNDRY_REALM
        ? await listEnterprisesOf(c.env.deps.db, user_id, { before: null, limit: MAX_LISTED })
        : [];
    const enterprises = own.map(({ enterprise, role }) => ({
      enterprise_id: enterprise.enterpriseId,
      slug: enterprise.slug,
      name: enterprise.name,
      role,
    }));
    return c.json({ user_id, email, name, realm, enterprises }, 200);
  },
);
