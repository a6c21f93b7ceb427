import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { startBuild } from "../api/apps.ts";
import { newId } from "../api/new-id.ts";

/** Builds an app that exists already from another prompt; with `baseVersion`, changes that version instead. */
export function useRebuild(enterpriseId: string, baseVersion?: number) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (prompt: string) => startBuild(enterpriseId, prompt, newId(), baseVersion),
    onSuccess: ({ build_id }) =>
      navigate({ to: "/apps/$id/build/$buildId", params: { id: enterpriseId, buildId: build_id } }),
  });
}
