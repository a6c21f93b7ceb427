import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** What went wrong, in a sentence, and a way on. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-xl border border-bad/30 bg-bad/8 px-4 py-3 text-[0.95rem]"
    >
      <TriangleAlert className="size-5 shrink-0 text-bad" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 break-words">{messageOf(error)}</p>
      {retry && (
        <Button look="secondary" size="small" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A place with nothing in it yet, saying what comes here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-2xl border border-dashed border-line px-6 py-12 text-center">
      <p className="text-lg font-medium">{title}</p>
      {children && <div className="mx-auto mt-1.5 max-w-md text-soft">{children}</div>}
    </div>
  );
}

export function messageOf(error: unknown): string {
  if (typeof error === "string") return error;
  return error instanceof Error && error.message ? error.message : "Something went wrong.";
}
