import { appError } from "#base/app-error";
import type { RateName } from "#base/rates";
import { checkPlan } from "#generator/check-plan";
import { planApp } from "#generator/plan-app";
import { askEstimate, askedEstimate, askedPlan, askPlan } from "#protocol/api/plan";
import { checkApp } from "#workflows/check-app";
import { estimateFor } from "../../app-price.ts";
import { addressOf } from "../../rate-limiter/address-of.ts";
import { mustBeFew } from "../../rate-limiter/limit.ts";
import type { Ctx } from "../call.ts";
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
    await mustBeAllowed(c, "plan_by_address");
    const { prompt, answers: given } = c.req.valid("json");
    const planned = planApp(prompt, given);
    if (planned.kind === "refused") throw appError(planned.code, undefined, planned.message);
    if (planned.kind === "questions") return c.json({ questions: planned.questions }, 200);
    return c.json({ plan: { ...planned.plan, estimate: estimateFor(c.env.deps, planned.plan) } }, 200);
  },
);

planRoutes.openapi(
  route({
    method: "post",
    path: "/api/plan/estimate",
    tags: ["Builds"],
    summary: "What an app of an edited plan would cost its owner: without an account, and nothing is kept",
    access: "public",
    request: { body: jsonBody(askEstimate) },
    responses: answers(200, askedEstimate, "Roughly, at the prices of this platform"),
  }),
  async (c) => {
    refuseEndUsers(c);
    await mustBeAllowed(c, "estimate_by_address");
    const { knowsProvider } = c.env.deps;
    // As a build does: who edits it hears what is wrong before they sign up for it.
    const checked = checkPlan(c.req.valid("json").plan, (files) => checkApp(files, { knowsProvider }));
    if (!checked.ok) throw appError("BAD_REQUEST", { issues: checked.issues.slice(0, MAX_ISSUES) });
    return c.json({ estimate: estimateFor(c.env.deps, checked.plan) }, 200);
  },
);
const MAX_ISSUES = 20;

function mustBeAllowed(c: Ctx, rate: RateName): Promise<void> {
  const { deps } = c.env;
  return mustBeFew(deps, [[{ rate, of: addressOf(c.req.raw.headers, deps.env) }]]);
}
