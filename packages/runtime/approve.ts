import { refusalOf } from "./approver-of.ts";
import { cel } from "./cel.ts";
import type { RunState } from "./run-state.ts";
import { fillTemplate } from "./show.ts";
import type { WorkingTool } from "./tools/plan-call.ts";
import type { Planned } from "./tools/planned.ts";
import { confirmation } from "./tools/ui.ts";
import type { Outcome } from "./transcript.ts";

type Verdict =
  | { do: "act" }
  | { do: "ask"; payload: Record<string, unknown>; schema: Record<string, unknown> }
  | { do: "refuse"; outcome: Outcome };

/** The approval of this very call: some are for the team to give. */
export function approvalFor(tool: WorkingTool, plan: Extract<Planned, { ok: true }>) {
  const { approval } = tool;
  if (plan.asks === "nobody") return undefined;
  if (plan.asks !== undefined) return { ...approval, by: plan.asks, when: undefined };
  const isTeams = approval?.operator_when && cel(approval.operator_when, plan.variables) === true;
  return isTeams ? { ...approval, by: "operator" as const, when: undefined } : approval;
}

/**
 * Whether a planned call may be made: at once, after somebody says yes on a card that shows exactly what would
 * happen, or not. `tainted`: somebody is asked in any case. Pure.
 */
export function approve(
  tool: WorkingTool,
  plan: Extract<Planned, { ok: true }>,
  pending: RunState["pending"],
  tainted = false,
): Verdict {
  const approval = approvalFor(tool, plan);
  const wanted = () => approval && (!approval.when || cel(approval.when, plan.variables) === true);
  const asks = plan.asks === undefined ? wanted() || tainted : plan.asks !== "nobody";
  if (!asks) return { do: "act" };
  const given = pending?.answer as { approved: boolean; comment?: string; expired?: boolean } | undefined;
  if (!given) {
    const { facts } = plan;
    const said = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
    const message = approval?.message ? fillTemplate(approval.message, said) : tool.description;
    const payload = { title: approval?.title ?? tool.title, message, facts };
    return { do: "ask", payload, schema: confirmation };
  }
  if (!given.approved) {
    const comment = given.comment ? { comment: given.comment } : {};
    return {
      do: "refuse",
      outcome: {
        ok: false,
        declined: true,
        ...(given.expired ? { expired: true } : {}),
        error: refusalOf(approval, given),
        ...comment,
      },
    };
  }
  if (pending?.shown === plan.shown) return { do: "act" };
  return {
    do: "refuse",
    outcome: { ok: false, error: "Something changed since the person agreed. Ask again." },
  };
}
