import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { ApiFailure } from "../api/failure.ts";
import { errorWords, useWords, words } from "../words/words.ts";
import { Button } from "./button.tsx";

/** What went wrong, in a sentence, and a way on. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { tryAgain } = useWords();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-xl border border-bad/30 bg-bad/8 px-4 py-3 text-[0.95rem]"
    >
      <TriangleAlert className="size-5 shrink-0 text-bad" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 break-words">{messageOf(error)}</p>
      {retry && (
        <Button look="secondary" size="small" onClick={retry}>
          {tryAgain}
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
  return failureWords(error) ?? words().wrong;
}

/** What an error says, in the page's language where its code is known there; null if it says nothing. */
export function failureWords(error: unknown): string | null {
  if (!(error instanceof Error) || !error.message) return null;
  const { code = "", reason } = error as Partial<ApiFailure>;
  return errorWords(reason ?? code, error.message);
}
