/**
 * Brings an element into view inside its own scrolling box (`data-scrolls`), and moves nothing else:
 * `scrollIntoView` moves the page around the box, too.
 */
export function scrollWithin(element: HTMLElement | null, to: "start" | "end"): void {
  const box = element?.closest<HTMLElement>("[data-scrolls]");
  if (!element || !box) return;
  const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  if (to === "start") box.scrollTop += inner.top - outer.top - MARGIN_PX;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + MARGIN_PX;
}

const MARGIN_PX = 20;
