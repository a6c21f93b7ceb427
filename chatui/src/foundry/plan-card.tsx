import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useContext, useState } from "react";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { buildQuery } from "../api/apps.ts";
import { newId } from "../api/new-id.ts";
import { approvePlan } from "../api/plans.ts";
import { useChatParts } from "../chat/chat-context.ts";
import type { ToolItem } from "../chat/chat-state.ts";
import { Button } from "../ui/button.tsx";
import { messageOf } from "../ui/notice.tsx";
import { EnterpriseContext } from "./enterprise-context.ts";
import { PlanContent } from "./plan-content.tsx";
import { planDecision } from "./plan-decision.ts";
import { EditablePlan } from "./plan-editable.tsx";
import { useScrolledTo } from "./use-scrolled-to.ts";

/** What will be built, to change, and for a yes or a no. */
export function PlanCard({ item }: { item: ToolItem }) {
  const decision = planDecision(item);
  const open = decision === "open";
  const section = useScrolledTo(open);
  const plan = item.payload.plan as Plan | undefined;
  if (!plan) return null;
  const by = item.payload.planned_by as PlannedBy | undefined;
  return (
    <section
      ref={section}
      aria-label={`Plan: ${plan.name}`}
      data-testid="plan"
      className="rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      {open ? (
        <OpenPlan item={item} plan={plan} by={by} />
      ) : (
        <>
          {decision === "approved" ? (
            <ApprovedPlan item={item} shown={plan} by={by} />
          ) : (
            <PlanContent plan={plan} by={by} />
          )}
          <p className="mt-5 border-t border-line pt-4 font-medium text-soft">
            {decision === "refused" ? "This plan was not built." : "Approved by you."}
          </p>
        </>
      )}
    </section>
  );
}

type ApprovedProps = { item: ToolItem; shown: Plan; by: PlannedBy | undefined };

/** What it was changed into before the yes, its build knows; the card's own call only how it was first shown. */
function ApprovedPlan({ item, shown, by }: ApprovedProps) {
  const build = useQuery(buildQuery(useContext(EnterpriseContext), String(item.payload.build_id)));
  return <PlanContent plan={build.data?.plan ?? shown} by={by} />;
}

type OpenProps = { item: ToolItem; plan: Plan; by: PlannedBy | undefined };

function OpenPlan({ item, plan: shown, by }: OpenProps) {
  const { answer, connected } = useChatParts();
  const enterprise_id = useContext(EnterpriseContext);
  const [plan, setPlan] = useState(shown);
  const [buildable, setBuildable] = useState(true);
  const [said, setSaid] = useState<boolean | null>(null);
  // An edited plan can be larger than a frame: it goes over HTTP.
  const queries = useQueryClient();
  const approving = useMutation({
    mutationFn: () => {
      const { build_id, plan_hash } = item.payload as { build_id: string; plan_hash: string };
      return approvePlan({ enterprise_id, build_id, plan_hash }, plan, newId());
    },
    onSuccess: (build) => queries.setQueryData(buildQuery(enterprise_id, build.build_id).queryKey, build),
  });
  const sending = item.answer?.status === "sending" || approving.isPending || approving.isSuccess;
  const decide = (approved: boolean) => {
    setSaid(approved);
    if (approved && plan !== shown) approving.mutate();
    else answer(item.id, { approved, plan_hash: item.payload.plan_hash });
  };
  const refusal = approving.isError
    ? messageOf(approving.error)
    : item.answer?.status === "rejected"
      ? (item.answer.reason ?? "That answer was not taken. Try again.")
      : null;
  return (
    <>
      <EditablePlan plan={plan} by={by} onChange={setPlan} onJudged={setBuildable} />
      <div className="sticky bottom-0 -mx-5 -mb-5 mt-5 rounded-b-2xl border-t border-line bg-surface p-5 sm:-mx-6 sm:-mb-6 sm:px-6">
        <div className="flex flex-wrap gap-3">
          <Button
            data-testid="approve-plan"
            size="large"
            busy={sending && said === true}
            disabled={sending || !connected || !buildable}
            onClick={() => decide(true)}
          >
            Build this app
          </Button>
          <Button
            look="secondary"
            size="large"
            disabled={sending || !connected}
            onClick={() => decide(false)}
          >
            Not this
          </Button>
        </div>
        {refusal !== null && (
          <p role="alert" className="mt-3 text-sm text-bad">
            {refusal}
          </p>
        )}
      </div>
    </>
  );
}
