import { useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useId, useState } from "react";
import { knowledgeQuery, uploadFile } from "../api/knowledge.ts";
import { newId } from "../api/new-id.ts";
import { Button } from "../ui/button.tsx";
import { DropArea } from "../ui/drop-area.tsx";
import { messageOf } from "../ui/notice.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";

type Upload = { key: string; name: string; part: number; error: string | null };

/** Where files are dropped or chosen, several at once; each says how far it is. */
export function KnowledgeUploads({ id }: { id: string }) {
  const queries = useQueryClient();
  const inputId = useId();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((it) => (it.key === key ? { ...it, ...part } : it)));

  /** One after the other: a few large ones would only slow each other down. */
  async function send(files: FileList | null) {
    const all = Array.from(files ?? []).map((file) => ({ file, key: newId() }));
    setUploads((before) => [
      ...before.filter((it) => it.error !== null),
      ...all.map(({ file, key }) => ({ key, name: file.name, part: 0, error: null })),
    ]);
    for (const { file, key } of all) {
      try {
        await uploadFile(id, file, (part) => change(key, { part }));
        setUploads((before) => before.filter((it) => it.key !== key));
      } catch (error) {
        change(key, { error: messageOf(error) });
      }
      await queries.invalidateQueries({ queryKey: knowledgeQuery(id).queryKey });
    }
  }
  return (
    <div className="space-y-3">
      <DropArea
        onFiles={(files) => void send(files)}
        className={(over) =>
          `relative flex flex-col items-center gap-2 rounded-2xl border-2 border-dashed px-6 py-9 text-center transition focus-within:border-accent ${over ? "border-accent bg-accent-wash" : "border-line"}`
        }
      >
        <FileUp className="size-7 text-accent-ink" aria-hidden="true" />
        <label htmlFor={inputId} className="cursor-pointer font-medium underline-offset-4 hover:underline">
          Choose files, or drop them here
        </label>
        <p className="text-sm text-soft">Text, Markdown, HTML, CSV, JSON or PDF, up to 10 MB each.</p>
        <input
          id={inputId}
          type="file"
          multiple
          accept=".txt,.md,.markdown,.html,.htm,.csv,.json,.pdf"
          className="sr-only"
          onChange={(event) => {
            void send(event.target.files);
            event.target.value = "";
          }}
        />
      </DropArea>
      <ul className="space-y-2" aria-label="Uploads">
        {uploads.map((it) => (
          <li key={it.key} className="rounded-xl border border-line bg-surface px-4 py-2.5">
            <div className="flex items-center gap-3">
              <span className="min-w-0 flex-1 truncate">{it.name}</span>
              {it.error === null ? (
                <span className="text-sm text-soft">{Math.round(it.part * 100)} %</span>
              ) : (
                <Button
                  look="ghost"
                  size="small"
                  onClick={() => setUploads((all) => all.filter(({ key }) => key !== it.key))}
                >
                  Put away
                </Button>
              )}
            </div>
            {it.error === null ? (
              <ProgressBar label={it.name} part={it.part} />
            ) : (
              <p role="alert" className="text-sm text-bad">
                {it.error}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
