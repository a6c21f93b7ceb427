import { appError } from "#base/app-error";
import { health } from "#protocol/api/health";
import type { Deps } from "../../compose.ts";
import { answers, route, routes } from "../route.ts";

const paths = ["/api/health", "/api/health/live", "/api/health/ready"] as const;

async function indexAnswers(deps: Deps): Promise<void> {
  try {
    await deps.env.DB.prepare("select 1").first();
  } catch {
    throw appError("UNAVAILABLE");
  }
}

/** Throws PRICES_INVALID, which says what is wrong with the operator's list. */
function pricesAreValid(deps: Deps): void {
  deps.prices.all();
}

export const healthRoutes = routes();
for (const path of paths) {
  healthRoutes.openapi(
    route({
      method: "get",
      path,
      tags: ["Site"],
      summary: path.endsWith("ready") ? "Ready to serve: the index answers, the prices are valid" : "Alive",
      access: "public",
      responses: answers(200, health, "Well"),
    }),
    async (c) => {
      if (path.endsWith("ready")) {
        await indexAnswers(c.env.deps);
        pricesAreValid(c.env.deps);
      }
      return c.json({ status: "ok" } as const, 200);
    },
  );
}
