import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Square } from "lucide-react";
import type { Build } from "#protocol/api/build";
import { buildQuery, cancelBuild, isSettled } from "../api/apps.ts";
import type { ApiFailure } from "../api/failure.ts";
import { Button } from "../ui/button.tsx";
import { messageOf } from "../ui/notice.tsx";

/** Stops a build that is going on. A running step ends first, so the build may take a moment to say it stopped. */
export function StopBuild({ build }: { build: Build }) {
  const queries = useQueryClient();
  const { queryKey } = buildQuery(build.enterprise_id, build.build_id);
  const stop = useMutation({
    mutationFn: () => cancelBuild(build.enterprise_id, build.build_id),
    onSuccess: (stopped) => queries.setQueryData(queryKey, stopped),
    // It has ended meanwhile: the page says how.
    onError: () => queries.invalidateQueries({ queryKey }),
  });
  if (isSettled(build.status)) return null;
  const failed = stop.isError && (stop.error as ApiFailure).code !== "CONFLICT";
  const stopping = stop.isPending || stop.isSuccess;
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {failed && (
        <p role="alert" className="text-sm text-bad">
          {messageOf(stop.error)}
        </p>
      )}
      <Button
        look="secondary"
        size="small"
        data-testid="stop-build"
        busy={stopping}
        onClick={() => stop.mutate()}
      >
        {!stopping && <Square className="size-3.5 fill-current" aria-hidden="true" />}
        {stopping ? "Stopping…" : "Stop the build"}
      </Button>
    </div>
  );
}
