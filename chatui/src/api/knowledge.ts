import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { KnowledgeFileView, KnowledgeHit, PassageView } from "#protocol/api/knowledge";
import { failure, readFailure } from "./failure.ts";
import { getJson, sendJson } from "./http.ts";

type Page<T> = { items: T[]; next_cursor: string | null };

/** What the app's agents may cite, by name; looked at again while some of it is being read. */
export function knowledgeQuery(enterpriseId: string) {
  return infiniteQueryOptions({
    queryKey: ["knowledge", enterpriseId, "files"],
    queryFn: ({ pageParam }) =>
      getJson<Page<KnowledgeFileView>>(
        `${pathOf(enterpriseId)}?limit=50${pageParam === null ? "" : `&cursor=${pageParam}`}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((it) => it.status === "indexing")) ? 1_000 : false,
  });
}

export function passagesQuery(enterpriseId: string, fileId: string) {
  return infiniteQueryOptions({
    queryKey: ["knowledge", enterpriseId, fileId, "passages"],
    queryFn: ({ pageParam }) =>
      getJson<Page<PassageView>>(`${pathOf(enterpriseId)}/${fileId}/passages?limit=10&cursor=${pageParam}`),
    initialPageParam: "0",
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** What an agent would find, best first. */
export function hitsQuery(enterpriseId: string, words: string) {
  return queryOptions({
    queryKey: ["knowledge", enterpriseId, "search", words],
    queryFn: () =>
      getJson<{ hits: KnowledgeHit[] }>(`${pathOf(enterpriseId)}/search?q=${encodeURIComponent(words)}`),
    enabled: words !== "",
  });
}

export function removeFile(enterpriseId: string, fileId: string): Promise<unknown> {
  return sendJson("DELETE", `${pathOf(enterpriseId)}/${fileId}`);
}

/** `onProgress`: the part of it that is gone, 0 to 1. Errors: ApiFailure. */
export function uploadFile(
  enterpriseId: string,
  file: File,
  onProgress: (part: number) => void,
): Promise<void> {
  const form = new FormData();
  form.set("file", file);
  // Of what browsers have, only this tells how far a body is.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", pathOf(enterpriseId));
    request.responseType = "json";
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () =>
      request.status === 202 ? resolve() : reject(readFailure(request.status, request.response));
    request.onerror = () => reject(failure(0, "OFFLINE", "There is no connection right now.", true));
    request.send(form);
  });
}

function pathOf(enterpriseId: string): string {
  return `/api/apps/${enterpriseId}/knowledge`;
}
