import { health } from "#protocol/api/health";
import { answers, route, routes } from "../route.ts";

const paths = ["/api/health", "/api/health/live", "/api/health/ready"] as const;

export const healthRoutes = routes();
for (const path of paths) {
  healthRoutes.openapi(
    route({
      method: "get",
      path,
      tags: ["Site"],
      summary: path.endsWith("ready") ? "Ready to serve: the index answers" : "Alive",
      access: "public",
      responses: answers(200, health, "Well"),
    }),
    async (c) => {
      if (path.endsWith("ready")) await c.env.deps.env.DB.prepare("select 1").first();
      return c.json({ status: "ok" } as const, 200);
    },
  );
}
