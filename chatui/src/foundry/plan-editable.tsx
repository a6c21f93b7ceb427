import { Pencil } from "lucide-react";
import { useState } from "react";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { Button } from "../ui/button.tsx";
import { Costs, PlanContent } from "./plan-content.tsx";
import { PlanEditor } from "./plan-editor.tsx";
import { useEstimate } from "./use-estimate.ts";

type Props = { plan: Plan; by?: PlannedBy | undefined; onChange: (plan: Plan) => void };

/** A plan to read, and to change by whoever wants to. */
export function EditablePlan({ plan, by, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  const { estimate, isOld } = useEstimate(plan);
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
    </div>
  );
}
