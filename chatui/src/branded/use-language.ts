import { useEffect, useLayoutEffect, useState } from "react";
import type { Language } from "#protocol/languages";
import { directionOf, firstLanguage, language, speak, useSpoken } from "../words/words.ts";

/** Turns the page to its reader's language, and says which it is in; true once its words are there. */
export function useLanguage(ofApp: Language | undefined): boolean {
  const spoken = useSpoken();
  const [first] = useState(() => firstLanguage(ofApp));
  const [ready, setReady] = useState(first === language());
  useEffect(() => {
    // Where the words can't be fetched the page stays in English, and readable.
    void speak(first).then(() => setReady(true));
  }, [first]);
  useLayoutEffect(() => {
    document.documentElement.lang = spoken;
    document.documentElement.dir = directionOf(spoken);
  }, [spoken]);
  return ready;
}
