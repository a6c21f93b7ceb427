import type { Build } from "#protocol/api/build";
import { useChatParts } from "../chat/chat-context.ts";
import type { ToolItem } from "../chat/chat-state.ts";
import { Button } from "../ui/button.tsx";
import { DiffDetails } from "./diff-details.tsx";
import { planDecision } from "./plan-decision.ts";
import { useScrolledTo } from "./use-scrolled-to.ts";

/** What an edit changes, for a yes or a no. */
export function EditCard({ item }: { item: ToolItem }) {
  const { answer, connected } = useChatParts();
  const decision = planDecision(item);
  const open = decision === "open";
  const section = useScrolledTo(open);
  const edit = item.payload.edit as Build["edit"];
  if (!edit) return null;
  const sending = item.answer?.status === "sending";
  const decide = (approved: boolean) => answer(item.id, { approved, plan_hash: item.payload.plan_hash });
  return (
    <section
      ref={section}
      aria-label="What changes"
      data-testid="edit"
      className="rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <h2 className="text-xl font-semibold">What changes</h2>
      <ul className="mt-3 list-disc space-y-1 pl-6">
        {edit.said.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <DiffDetails diff={edit} />
      {open ? (
        <div className="mt-5 flex flex-wrap gap-3">
          <Button
            data-testid="approve-edit"
            busy={sending}
            disabled={!connected}
            onClick={() => decide(true)}
          >
            Make this change
          </Button>
          <Button look="secondary" disabled={sending || !connected} onClick={() => decide(false)}>
            Not this
          </Button>
        </div>
      ) : (
        <p className="mt-5 border-t border-line pt-4 font-medium text-soft">
          {decision === "refused" ? "This was not changed." : "Approved by you."}
        </p>
      )}
      {item.answer?.status === "rejected" && (
        <p role="alert" className="mt-3 text-sm text-bad">
          {item.answer.reason ?? "That answer was not taken. Try again."}
        </p>
      )}
    </section>
  );
}
