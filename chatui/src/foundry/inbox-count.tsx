import { useQuery } from "@tanstack/react-query";
import { waitsQuery } from "../api/team.ts";

/** How much waits for the team, beside the tab's name; nothing where nothing does. */
export function InboxCount({ id }: { id: string }) {
  const waits = useQuery(waitsQuery(id));
  const count = waits.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <span
      data-testid="inbox-count"
      className="ml-auto min-w-5 rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent"
    >
      {count}
      {waits.data?.next_cursor ? "+" : ""}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
