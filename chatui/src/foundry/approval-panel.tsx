import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiFailure } from "../api/failure.ts";
import { decide, type TeamWaitView, waitsQuery } from "../api/team.ts";
import { CardFacts } from "../chat/card-facts.tsx";
import { humanise } from "../chat/humanise.ts";
import { listedFacts } from "../chat/read-card.ts";
import { moment } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { messageOf, Problem } from "../ui/notice.tsx";

const REASONS: Record<string, string> = {
  already_decided: "Somebody else of the team has decided this already.",
  expired: "It is too late: the deadline has passed.",
  closed: "This is not asked any more.",
};

/** A call that waits for the team: exactly what would happen, and yes or no. The first answer counts. */
export function ApprovalPanel({ id, wait }: { id: string; wait: TeamWaitView }) {
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const deciding = useMutation({
    mutationFn: (approved: boolean) => decide(id, wait, approved, comment.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: waitsQuery(id).queryKey }),
  });
  const { title, message, facts } = wait.payload;
  const reason = (deciding.error as ApiFailure | null)?.details?.reason;
  return (
    <section
      aria-label="Waits for the team"
      data-testid="approval"
      className="max-h-[55%] shrink-0 space-y-3 overflow-y-auto border-b border-line bg-accent-wash px-4 py-4 sm:px-6"
    >
      <h3 className="font-semibold">{typeof title === "string" ? title : humanise(wait.tool_name)}</h3>
      {typeof message === "string" && <p className="break-words">{message}</p>}
      <CardFacts facts={Array.isArray(facts) ? listedFacts(facts) : []} />
      {wait.expires_at && <p className="text-sm text-soft">To be decided until {moment(wait.expires_at)}.</p>}
      {deciding.isError && (
        <Problem error={(typeof reason === "string" && REASONS[reason]) || messageOf(deciding.error)} />
      )}
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-52">
          <Field
            label="Comment"
            placeholder="optional, the agents read it"
            maxLength={2_000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
        <Button
          busy={deciding.isPending && deciding.variables}
          disabled={deciding.isPending || deciding.isSuccess}
          onClick={() => deciding.mutate(true)}
        >
          Approve
        </Button>
        <Button
          look="secondary"
          busy={deciding.isPending && !deciding.variables}
          disabled={deciding.isPending || deciding.isSuccess}
          onClick={() => deciding.mutate(false)}
        >
          Decline
        </Button>
      </div>
    </section>
  );
}
