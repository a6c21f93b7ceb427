import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** From the end by no more than this, the end is what is being read. */
const NEAR_PX = 64;

/**
 * Keeps the end of a scrolling box in view while what is in it grows, for as long as the person reads there: whoever
 * scrolls up is left alone. `away`: the end is out of view.
 */
export function useFollow(isOn: boolean): {
  box: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  away: boolean;
  toEnd: () => void;
} {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(isOn);
  const [away, setAway] = useState(false);

  const toEnd = useCallback(() => {
    follows.current = true;
    setAway(false);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    if (isOn) toEnd();
  }, [isOn, toEnd]);

  useEffect(() => {
    const [outer, inner] = [box.current, content.current];
    if (!isOn || !outer || !inner) return;
    let before = outer.scrollTop;
    const scrolled = () => {
      const left = outer.scrollHeight - outer.clientHeight - outer.scrollTop;
      // Only a person scrolls up; what grows below the view is not that.
      if (outer.scrollTop < before - 1 && left > NEAR_PX) follows.current = false;
      else if (left <= NEAR_PX) follows.current = true;
      before = outer.scrollTop;
      setAway(!follows.current);
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) outer.scrollTop = outer.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(outer);
    outer.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      grown.disconnect();
      outer.removeEventListener("scroll", scrolled);
    };
  }, [isOn]);

  return { box, content, away, toEnd };
}
