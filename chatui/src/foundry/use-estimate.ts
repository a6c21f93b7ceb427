import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Plan } from "#protocol/api/plan";
import { askEstimate } from "../api/plans.ts";

/** So long after the last change it is asked for. */
const PAUSE_MS = 500;

/**
 * What a plan costs as it stands now: its own estimate until it is edited, then the server's, a moment after each
 * change. `isOld`: it is of the plan before the last change, which is being asked for or can't be built as it is.
 */
export function useEstimate(plan: Plan): { estimate: Plan["estimate"]; isOld: boolean } {
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
  if (plan === first) return { estimate: own, isOld: false };
  const isOld = plan !== settled || asked.isPlaceholderData || !asked.isSuccess;
  return { estimate: asked.data?.estimate ?? own, isOld };
}
