import { Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { Costs, PlanContent } from "./plan-content.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import { useEstimate } from "./use-estimate.ts";

type Props = {
  plan: Plan;
  by?: PlannedBy | undefined;
  onChange: (plan: Plan) => void;
  /** Whether an app can be built of it, as far as is known. */
  onJudged: (buildable: boolean) => void;
};

/** A plan to read, and to change by whoever wants to. */
export function EditablePlan({ plan, by, onChange, onJudged }: Props) {
  const [editing, setEditing] = useState(false);
  const { estimate, isOld, fault } = useEstimate(plan);
  useEffect(() => onJudged(fault === null), [fault, onJudged]);
  return (
    <div>
      <div className="mb-3 flex justify-end">
        <Button look="secondary" size="small" aria-pressed={editing} onClick={() => setEditing(!editing)}>
          {!editing && <Pencil className="size-3.5" aria-hidden="true" />}
          {editing ? "Done" : "Edit the plan"}
        </Button>
      </div>
      {editing ? (
        <>
          <PlanEditor plan={plan} onChange={onChange} />
          <Costs estimate={estimate} isOld={isOld} />
        </>
      ) : (
        <div className="-mt-12 [&>h2]:pr-36">
          <PlanContent plan={{ ...plan, estimate }} by={by} isOld={isOld} />
        </div>
      )}
      {fault !== null && (
        <div className="mt-5">
          <Problem error={`No app can be built like this. ${fault}`} />
        </div>
      )}
    </div>
  );
}
