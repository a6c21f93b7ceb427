import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Build } from "#protocol/api/build";
import { buildQuery, publishOverRed } from "../api/apps.ts";
import { newId } from "../api/new-id.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { messageOf } from "../ui/notice.tsx";

const SHORTEST_REASON = 3;

/** For an owner who knows better than a red conversation: live all the same, with a reason that is kept. */
export function PublishOverRed({ build }: { build: Build }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const publishing = useMutation({
    mutationFn: () => publishOverRed(build, reason.trim(), newId()),
    onSuccess: async (done) => {
      queries.setQueryData(buildQuery(build.enterprise_id, build.build_id).queryKey, done);
      await queries.invalidateQueries({ queryKey: ["apps"] });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    publishing.mutate();
  }
  return (
    <details className="rounded-2xl border border-line p-4">
      <summary className="font-medium">Publish it all the same</summary>
      <form onSubmit={submit} className="mt-3 space-y-3">
        <p className="text-[0.95rem] text-soft">
          The conversations above stay red. Your reason and their names are kept in the audit log, and the
          version says that it was published over them.
        </p>
        <Field
          label="Why it may go live"
          value={reason}
          maxLength={200}
          error={publishing.isError ? messageOf(publishing.error) : null}
          onChange={(event) => {
            publishing.reset();
            setReason(event.target.value);
          }}
        />
        <Button
          type="submit"
          look="danger"
          data-testid="publish-over-red"
          busy={publishing.isPending}
          disabled={reason.trim().length < SHORTEST_REASON}
        >
          Publish over red
        </Button>
      </form>
    </details>
  );
}
