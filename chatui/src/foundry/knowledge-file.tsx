import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, FileText } from "lucide-react";
import { useState } from "react";
import type { KnowledgeFileView } from "#protocol/api/knowledge";
import { knowledgeQuery, passagesQuery, removeFile } from "../api/knowledge.ts";
import { moment, tokens } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { MoreButton } from "./more-button.tsx";

const TONES = { indexing: "warn", ready: "good", failed: "bad" } as const;
const WORDS = { indexing: "being read", ready: "ready", failed: "can’t be read" };

/** A file with how far it is, and what it was cut into. */
export function KnowledgeFile({ id, file }: { id: string; file: KnowledgeFileView }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const removing = useMutation({
    mutationFn: () => removeFile(id, file.file_id),
    onSettled: () => queries.invalidateQueries({ queryKey: knowledgeQuery(id).queryKey }),
  });
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <FileText className="size-5 shrink-0 text-soft" aria-hidden="true" />
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">{file.name}</p>
          <p className="text-sm text-soft">
            {size(file.size)} · {tokens(file.passages)} {file.passages === 1 ? "passage" : "passages"} ·{" "}
            {moment(file.created_at)}
            {file.source === "app" && " · of the app’s own files"}
          </p>
          {file.reason && <p className="text-sm text-bad">{file.reason}</p>}
        </div>
        <Badge tone={TONES[file.status]}>{WORDS[file.status]}</Badge>
        {file.passages > 0 && (
          <Button look="ghost" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            Passages
            <ChevronDown className={`size-4 transition ${open ? "rotate-180" : ""}`} aria-hidden="true" />
          </Button>
        )}
        {file.source === "upload" && (
          <Button
            look={sure ? "danger" : "ghost"}
            size="small"
            aria-label={`${sure ? "Delete for good" : "Delete"}: ${file.name}`}
            busy={removing.isPending}
            onClick={() => (sure ? removing.mutate() : setSure(true))}
          >
            {sure ? "Delete for good" : "Delete"}
          </Button>
        )}
      </div>
      {removing.isError && <Problem error={removing.error} />}
      {open && <Passages id={id} fileId={file.file_id} />}
    </li>
  );
}

function Passages({ id, fileId }: { id: string; fileId: string }) {
  const passages = useInfiniteQuery(passagesQuery(id, fileId));
  if (passages.isPending) return <p className="pt-3 text-soft">Loading…</p>;
  if (passages.isError) return <Problem error={passages.error} retry={() => void passages.refetch()} />;
  return (
    <div className="space-y-3 pt-3">
      <ol className="space-y-2">
        {passages.data.pages
          .flatMap((page) => page.items)
          .map((it) => (
            <li key={it.position} className="rounded-xl bg-sunken px-4 py-3">
              <p className="text-xs font-medium text-soft">
                {it.position + 1}
                {it.heading && ` · ${it.heading}`}
                {it.page !== null && ` · page ${it.page}`}
              </p>
              <p className="mt-1 text-[0.95rem] break-words whitespace-pre-wrap">{it.text}</p>
            </li>
          ))}
      </ol>
      <MoreButton list={passages} />
    </div>
  );
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
