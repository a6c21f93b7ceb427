import { useMutation } from "@tanstack/react-query";
import { Download, Scale } from "lucide-react";
import type { Usage } from "#protocol/api/usage";
import { checkBooks, usageCsv } from "../api/usage.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { saveFile } from "../ui/save-file.ts";
import { checkWords } from "./check-words.ts";
import { monthOf } from "./month-of.ts";

/** The month's usage to take along, and whether all its figures agree. */
export function UsageBooks({ enterpriseId, period }: { enterpriseId: string; period: Usage["period"] }) {
  const month = monthOf(period);
  const download = useMutation({
    mutationFn: () => usageCsv(enterpriseId, month),
    onSuccess: (csv) => saveFile(csv, `usage-${month}.csv`),
  });
  const check = useMutation({ mutationFn: () => checkBooks(enterpriseId) });
  const found = check.data && checkWords(check.data);
  return (
    <section aria-labelledby="usage-books" className="space-y-3">
      <h2 id="usage-books" className="text-xl font-semibold">
        The books
      </h2>
      <p className="max-w-2xl text-soft">
        Each model call is one row. Take the month’s rows along, or have every figure added up again from
        them.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" busy={download.isPending} onClick={() => download.mutate()}>
          {!download.isPending && <Download className="size-4" aria-hidden="true" />}
          Download CSV
        </Button>
        <Button look="secondary" busy={check.isPending} onClick={() => check.mutate()}>
          {!check.isPending && <Scale className="size-4" aria-hidden="true" />}
          Check the books
        </Button>
      </div>
      {download.isError && <Problem error={download.error} />}
      {check.isError && <Problem error={check.error} retry={() => check.mutate()} />}
      <div role="status" data-testid="books">
        {found?.ok && <p className="text-good">{found.sentences}</p>}
        {found && !found.ok && found.sentences.map((it) => <Problem key={it} error={it} />)}
      </div>
    </section>
  );
}
