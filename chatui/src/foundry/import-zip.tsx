import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef } from "react";
import { importZip } from "../api/versions.ts";
import { Button } from "../ui/button.tsx";
import { messageOf } from "../ui/notice.tsx";

/** A zip of an app's files as the next draft: of an export, or made elsewhere. */
export function ImportZip({ id }: { id: string }) {
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const taking = useMutation({
    mutationFn: (file: File) => importZip(id, file),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["versions", id] }),
        queries.invalidateQueries({ queryKey: ["apps"] }),
      ]),
  });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        aria-label="A zip of the app’s files"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) taking.mutate(file);
          event.target.value = "";
        }}
      />
      <p role="status" className="text-sm text-soft">
        {taking.isPending && "Holding its conversations…"}
        {taking.isSuccess && `Kept as version ${taking.data.version}. Publish it when you like.`}
      </p>
      <Button look="secondary" size="small" busy={taking.isPending} onClick={() => input.current?.click()}>
        {!taking.isPending && <Upload className="size-4" aria-hidden="true" />}
        Import a zip
      </Button>
      {taking.isError && (
        <p role="alert" className="w-full text-sm text-bad">
          {messageOf(taking.error)}
        </p>
      )}
    </div>
  );
}
