import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type ChatSearch, readChatSearch } from "../chat/read-chat-search.ts";

const MOVED = "mozaiks:moved";

export type Place = { path: string; search: ChatSearch };

/**
 * Where the visitor is on an app's site. Three pages need no router, and its visitors no wait for one.
 * `go` moves without a reload; the browser's back and forward work.
 */
export function usePlace(): Place & {
  go: (path: string, search?: ChatSearch, how?: "push" | "replace") => void;
} {
  const href = useSyncExternalStore(subscribe, () => `${location.pathname}${location.search}`);
  const place = useMemo<Place>(() => {
    const { pathname, searchParams } = new URL(href, location.origin);
    return { path: pathname, search: readChatSearch(Object.fromEntries(searchParams)) };
  }, [href]);
  const go = useCallback((path: string, search: ChatSearch = {}, how: "push" | "replace" = "push") => {
    const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== undefined));
    const target = query.size > 0 ? `${path}?${query}` : path;
    if (how === "push") history.pushState(null, "", target);
    else history.replaceState(null, "", target);
    window.dispatchEvent(new Event(MOVED));
  }, []);
  return { ...place, go };
}

function subscribe(moved: () => void): () => void {
  window.addEventListener("popstate", moved);
  window.addEventListener(MOVED, moved);
  return () => {
    window.removeEventListener("popstate", moved);
    window.removeEventListener(MOVED, moved);
  };
}
