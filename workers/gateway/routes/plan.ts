import { appError } from "#base/app-error";
import { estimateOf } from "#generator/estimate";
import { planApp } from "#generator/plan-app";
import { askedPlan, askPlan } from "#protocol/api/plan";
import { addressOf } from "../../rate-limiter/address-of.ts";
import { mustBeFew } from "../../rate-limiter/limit.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { refuseEndUsers } from "../see-enterprise.ts";

export const planRoutes = routes();

planRoutes.openapi(
  route({
    method: "post",
    path: "/api/plan",
    tags: ["Builds"],
    summary: "What would be built of a prompt: by rules, without an account, and nothing is kept",
    access: "public",
    request: { body: jsonBody(askPlan) },
    responses: answers(200, askedPlan, "The plan, or questions to answer first"),
  }),
  async (c) => {
    refuseEndUsers(c);
    const { deps } = c.env;
    await mustBeFew(deps, [[{ rate: "plan_by_address", of: addressOf(c.req.raw.headers, deps.env) }]]);
    const { prompt, answers: given } = c.req.valid("json");
    const planned = planApp(prompt, given);
    if (planned.kind === "refused") throw appError(planned.code, undefined, planned.message);
    if (planned.kind === "questions") return c.json({ questions: planned.questions }, 200);
    return c.json({ plan: { ...planned.plan, estimate: estimateOf() } }, 200);
  },
);
