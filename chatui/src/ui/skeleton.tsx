import { useWords } from "../words/words.ts";
import { classNames } from "./class-names.ts";

/** Where something is about to stand. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classNames("animate-pulse rounded-xl bg-sunken", className)} />;
}

/** A page that is being fetched, said to screen readers once. */
export function PageLoading() {
  const words = useWords();
  return (
    <div role="status" className="mx-auto w-full max-w-5xl space-y-4 px-4 py-10 sm:px-6">
      <span className="sr-only">{words.loading}</span>
      <Skeleton className="h-9 w-56" />
      <Skeleton className="h-28" />
      <Skeleton className="h-28" />
    </div>
  );
}
