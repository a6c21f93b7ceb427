import { useMutation, useQueryClient } from "@tanstack/react-query";
import { removeSampleRows } from "../api/apps.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";

/** A new app comes with a few rows to try it with, which go before its people arrive. */
export function SampleData({ id }: { id: string }) {
  const queries = useQueryClient();
  const removal = useMutation({
    mutationFn: () => removeSampleRows(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tables", id] }),
  });
  return (
    <div className="space-y-3">
      <Button
        look="secondary"
        size="small"
        busy={removal.isPending}
        disabled={removal.isSuccess}
        onClick={() => removal.mutate()}
      >
        Remove sample data
      </Button>
      <p role="status" className="text-sm text-soft">
        {removal.isSuccess && "The sample rows are gone."}
      </p>
      {removal.isError && <Problem error={removal.error} />}
    </div>
  );
}
