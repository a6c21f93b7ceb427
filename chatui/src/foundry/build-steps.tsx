import { Check, X } from "lucide-react";
import { classNames } from "../ui/class-names.ts";
import { Spinner } from "../ui/spinner.tsx";
import type { StepView } from "./merge-steps.ts";

const LABELS: Record<StepView["name"], string> = {
  brief: "Brief",
  plan: "Plan",
  files: "Files",
  check: "Check",
  test: "Test",
  publish: "Publish",
};

/** How far a build is. */
export function BuildSteps({ steps }: { steps: StepView[] }) {
  const current = steps.find((step) => step.status === "running") ?? steps.findLast((step) => step.detail);
  return (
    <div className="mt-3">
      <ol className="grid grid-cols-6 gap-1.5">
        {steps.map((step) => (
          <li key={step.name} data-testid={`step-${step.name}`} data-status={step.status}>
            <span
              className={classNames(
                "block h-1.5 rounded-full transition-colors duration-500",
                step.status === "done" && "bg-accent",
                step.status === "running" && "animate-pulse bg-accent/60",
                step.status === "failed" && "bg-bad",
                step.status === "waiting" && "bg-line",
              )}
            />
            <span
              className={classNames(
                "mt-1.5 flex items-center gap-1 text-xs sm:text-sm",
                step.status === "waiting" ? "text-soft" : "font-medium",
              )}
            >
              <StepIcon status={step.status} />
              {LABELS[step.name]}
              <span className="sr-only">: {step.status}</span>
            </span>
          </li>
        ))}
      </ol>
      <p role="status" className="mt-1.5 line-clamp-1 min-h-5 text-sm text-soft">
        {current?.detail}
      </p>
    </div>
  );
}

function StepIcon({ status }: { status: StepView["status"] }) {
  if (status === "done") return <Check className="hidden size-3.5 text-good sm:block" aria-hidden="true" />;
  if (status === "failed") return <X className="size-3.5 text-bad" aria-hidden="true" />;
  if (status === "running") return <Spinner className="hidden !size-3 sm:block" />;
  return null;
}
