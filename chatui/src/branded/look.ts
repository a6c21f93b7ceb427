import { useSyncExternalStore } from "react";

export const LOOKS = ["auto", "light", "dark"] as const;
export type Look = (typeof LOOKS)[number];

const KEPT = "look";
const changed = new Set<() => void>();

/** Light, dark or the device's: what the person chose here before, else what the app's owner did. */
export function useLook(ofApp: Look | undefined): [Look, (next: Look) => void] {
  const kept = useSyncExternalStore(subscribe, readKept);
  return [kept ?? ofApp ?? "auto", choose];
}

/** Shows the page in a look until another one is asked for. */
export function applyLook(look: Look, root: HTMLElement = document.documentElement): void {
  if (look === "auto") delete root.dataset.theme;
  else root.dataset.theme = look;
}

function subscribe(listener: () => void): () => void {
  changed.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    changed.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

let unstored: Look | null = null;

function readKept(): Look | null {
  try {
    return LOOKS.find((look) => look === localStorage.getItem(KEPT)) ?? unstored;
  } catch {
    return unstored;
  }
}

function choose(next: Look): void {
  unstored = next;
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // Not allowed: it holds for as long as the page is open.
  }
  for (const listener of changed) listener();
}
