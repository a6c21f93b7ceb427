import { useState } from "react";
import type { PutAway } from "./budget-notice.ts";

const MOST_KEPT = 50;

/** Notices a person has put away, remembered in their browser. */
export function usePutAway(slot: string): [PutAway, (key: string, threshold: number) => void] {
  const [putAway, setPutAway] = useState(() => read(slot));
  return [
    putAway,
    (key, threshold) => {
      const { [key]: _before, ...others } = read(slot);
      const next = Object.fromEntries([...Object.entries(others), [key, threshold]].slice(-MOST_KEPT));
      setPutAway(next);
      try {
        localStorage.setItem(slot, JSON.stringify(next));
      } catch {
        // Storage is full or not allowed: put away for as long as the page is open.
      }
    },
  ];
}

function read(slot: string): PutAway {
  try {
    return (JSON.parse(localStorage.getItem(slot) ?? "null") as PutAway | null) ?? {};
  } catch {
    return {};
  }
}
