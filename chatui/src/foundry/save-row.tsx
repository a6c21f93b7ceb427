import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";

type Props = {
  saving: Pick<UseMutationResult, "error" | "isPending" | "isSuccess">;
  label?: string;
  disabled?: boolean;
};

/** How a form ends: what was wrong, the button that saves it, and that it is saved. */
export function SaveRow({ saving, label = "Save", disabled }: Props) {
  return (
    <>
      {saving.error && <Problem error={saving.error} />}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={saving.isPending} disabled={disabled}>
          {label}
        </Button>
        <span role="status" className="text-soft">
          {saving.isSuccess && "Saved."}
        </span>
      </div>
    </>
  );
}
