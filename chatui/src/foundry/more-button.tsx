import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "../ui/button.tsx";

type Props = {
  list: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
  className?: string;
};

/** The next page of a list, as long as there is one. */
export function MoreButton({ list, className }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      look="secondary"
      size="small"
      className={className}
      busy={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      Show more
    </Button>
  );
}
