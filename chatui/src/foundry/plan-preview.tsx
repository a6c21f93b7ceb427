import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import { askPlan } from "../api/plans.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EditablePlan } from "./plan-editable.tsx";
import { QuestionsForm } from "./questions-form.tsx";

type Props = {
  prompt: string;
  /** The plan as its author left it, where they come back to it. */
  changed?: Plan | undefined;
  onBuild: (plan: Plan) => void;
};

/** What a prompt would become, for whoever looks, before they have an account. Mounted anew for another prompt. */
export function PlanPreview({ prompt, changed, onBuild }: Props) {
  const [plan, setPlan] = useState(changed ?? null);
  const [buildable, setBuildable] = useState(true);
  const section = useRef<HTMLElement>(null);
  const { mutate: ask, ...asking } = useMutation({
    mutationFn: (answers: Answers | undefined) => askPlan(prompt, answers),
    onSuccess: (asked) => "plan" in asked && setPlan(asked.plan),
  });
  useEffect(() => {
    if (!changed) ask(undefined);
  }, [ask, changed]);
  useEffect(() => {
    if (asking.isSuccess) section.current?.scrollIntoView({ block: "start", behavior: "smooth" });
  }, [asking.isSuccess]);
  if (asking.isError)
    return (
      <div className="mt-8">
        <Problem error={asking.error} />
      </div>
    );
  const questions = asking.data && "questions" in asking.data ? asking.data.questions : null;
  return (
    <section
      ref={section}
      aria-label="The plan"
      aria-busy={asking.isPending}
      className="mt-8 scroll-mt-6 rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      {plan ? (
        <>
          <EditablePlan plan={plan} onChange={setPlan} onJudged={setBuildable} />
          <div className="sticky bottom-0 -mx-5 -mb-5 mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-b-2xl border-t border-line bg-surface p-5 sm:-mx-6 sm:-mb-6 sm:px-6">
            <Button
              data-testid="approve-plan"
              size="large"
              disabled={!buildable}
              onClick={() => onBuild(plan)}
            >
              Build this app
            </Button>
            <p className="text-sm text-soft">Building is free. You sign up, and it starts.</p>
          </div>
        </>
      ) : questions ? (
        <QuestionsForm
          testId="questions"
          questions={questions}
          lead={
            <div>
              <h2 className="text-xl font-semibold">A few questions first</h2>
              <p className="mt-1 text-soft">
                Answer what you like. What you skip is decided for you, and stands in the plan.
              </p>
            </div>
          }
          onAnswer={ask}
        />
      ) : (
        <div className="space-y-3">
          <span role="status" className="sr-only">
            Making a plan
          </span>
          <Skeleton className="h-8 w-56" />
          <Skeleton className="h-24" />
        </div>
      )}
    </section>
  );
}
