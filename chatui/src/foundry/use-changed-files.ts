import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import type { FileIssue } from "#protocol/api/files";
import type { ApiFailure } from "../api/failure.ts";
import { checkFiles, filesQuery, saveDraft } from "../api/files.ts";
import { newId } from "../api/new-id.ts";

/** So long nobody has typed before the files are looked at. */
const REST_MS = 400;
const NONE: FileIssue[] = [];

/** The draft's files, or the live ones, with what was changed in them here, and what is wrong with that. */
export function useChangedFiles(app: AppDetail) {
  const id = app.enterprise_id;
  const queries = useQueryClient();
  const version = app.draft_version ?? app.live_version ?? 0;
  const kept = useQuery({ ...filesQuery(id, version), enabled: version > 0 });
  const [changes, setChanges] = useState<Record<string, string>>({});
  const [rested, setRested] = useState(changes);
  useEffect(() => {
    const timer = setTimeout(() => setRested(changes), REST_MS);
    return () => clearTimeout(timer);
  }, [changes]);
  const dirty = Object.keys(changes).length > 0;
  const check = useQuery({
    queryKey: ["files", id, version, "check", rested],
    queryFn: () => checkFiles(id, { base_version: version, changes: rested }),
    enabled: Object.keys(rested).length > 0,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const saving = useMutation({
    mutationFn: () => saveDraft(id, { base_version: version, changes }, newId()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["apps"] });
      await queries.invalidateQueries({ queryKey: ["versions", id] });
      setChanges({});
      setRested({});
    },
  });
  const files = { ...kept.data?.files, ...changes };
  return {
    version,
    files: kept.data ? files : null,
    error: kept.error,
    dirty,
    change(path: string, text: string) {
      saving.reset();
      setChanges((before) => {
        const { [path]: _, ...others } = before;
        // Back to what is kept: nothing is changed there.
        return kept.data?.files[path] === text ? others : { ...others, [path]: text };
      });
    },
    issues: dirty ? (check.data ?? NONE) : NONE,
    checking: dirty && (rested !== changes || check.isFetching),
    save: () => saving.mutate(),
    saving: saving.isPending,
    /** Why they were not kept: each conversation that did not pass, or the one reason. */
    refused: saving.error ? refusalsOf(saving.error as ApiFailure) : NO_REFUSAL,
    saved: saving.isSuccess,
    undo() {
      saving.reset();
      setChanges({});
    },
  };
}

const NO_REFUSAL: string[] = [];

function refusalsOf({ message, issues }: ApiFailure): string[] {
  return issues && issues.length > 0 ? issues.map((it) => `${it.path}: ${it.message}`) : [message];
}
