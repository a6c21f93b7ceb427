import { type RefObject, useEffect, useRef } from "react";
import { scrollWithin } from "../ui/scroll-within.ts";

/** For a card: it comes into view with its beginning once it wants something of the person. */
export function useScrolledTo(open: boolean): RefObject<HTMLElement | null> {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) scrollWithin(section.current, "start");
  }, [open]);
  return section;
}
