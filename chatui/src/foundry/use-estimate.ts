import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Plan } from "#protocol/api/plan";
import type { ApiFailure } from "../api/failure.ts";
import { askEstimate } from "../api/plans.ts";

/** So long after the last change it is asked for. */
const PAUSE_MS = 500;

/**
 * What a plan costs as it stands now: its own estimate until it is edited, then the server's, a moment after each
 * change. `isOld`: it is of the plan before the last change, which is being asked for or can't be built as it is.
 * `fault`: why no app can be built of the plan as it stands.
 */
export function useEstimate(plan: Plan): {
  estimate: Plan["estimate"];
  isOld: boolean;
  fault: string | null;
} {
  const [first] = useState(plan);
  const [settled, setSettled] = useState(plan);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(plan), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [plan]);
  const { estimate: own, ...parts } = settled;
  const asked = useQuery({
    queryKey: ["estimate", parts],
    queryFn: () => askEstimate(settled),
    enabled: settled !== first,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  if (plan === first) return { estimate: own, isOld: false, fault: null };
  const isOld = plan !== settled || asked.isPlaceholderData || !asked.isSuccess;
  const fault = plan === settled ? faultIn(asked.error) : null;
  return { estimate: asked.data?.estimate ?? own, isOld, fault };
}

/** A fault of the plan names its place in the body, one of the files that would be written of it a file. */
function faultIn(error: unknown): string | null {
  const { code, issues: [first] = [] } = (error ?? {}) as Partial<ApiFailure>;
  if (code !== "BAD_REQUEST" || !first) return null;
  const isEmpty = first.path.startsWith("plan.") && first.message.startsWith("Too small");
  return isEmpty ? "Something has no name or no description." : first.message;
}
