import { site } from "#protocol/api/site";
import { siteLogoPath } from "../logo-file.ts";
import { offerFor } from "../offer-for.ts";
import { answers, route, routes } from "../route.ts";

/** True for every app, because the one provider there is (compose.ts) is `offline`; a second one must derive it. */
const OFFLINE_MODEL = true;

export const siteRoutes = routes();

siteRoutes.openapi(
  route({
    method: "get",
    path: "/api/site",
    tags: ["Site"],
    summary: "Which site this address is",
    access: "public",
    responses: answers(200, site, "The foundry, or one app and its look"),
  }),
  async (c) => {
    const { app } = c.var.host;
    const { ways } = await offerFor(c);
    if (app === null) {
      const { APPS_HOST } = c.env.deps.env;
      const offline_model = OFFLINE_MODEL;
      return c.json({ kind: "foundry" as const, apps_host: APPS_HOST, offline_model, sign_in: ways }, 200);
    }
    return c.json(
      {
        kind: "app" as const,
        enterprise_id: app.enterpriseId,
        name: app.name,
        slug: app.slug,
        status: app.status,
        branding: app.branding,
        logo: app.logo && siteLogoPath(app.logo),
        show_cost: app.showCost,
        offline_model: OFFLINE_MODEL,
        sign_in: ways,
        visibility: app.visibility,
        maintenance: app.chatLimits.maintenance ?? null,
      },
      200,
    );
  },
);
