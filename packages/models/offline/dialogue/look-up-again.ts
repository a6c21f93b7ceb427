import { codesFor } from "../fill/code.ts";
import { refersBack } from "../fill/refers-back.ts";
import { isValid } from "../fill/valid.ts";
import type { Property, ToolFacts } from "../scene/scene.ts";
import type { Talk, Task } from "./talk.ts";

const ASKS =
  /\b(?:where|when|what|how|status|who)\b|^(?:(?:ok|okay|so|then|and|well)[,\s]+)*(?:is|was|has|did|does|will)\b/i;

/**
 * "OK then, where is it?" names nothing, but its "it" is what the talk was about: the look-up that finds one thing
 * by the number named last, or null. The number is found again when the call is filled.
 */
export function lookUpAgain(message: string, talk: Talk, tools: readonly ToolFacts[]): Task | null {
  if (!refersBack(message) || !ASKS.test(message.trim()) || /\byour?\b/i.test(message)) return null;
  for (const tool of tools) {
    const needed = tool.properties.filter(({ required }) => required);
    const [code] = needed;
    if (tool.kind !== "work" || tool.action !== "find" || needed.length !== 1 || code?.kind !== "code")
      continue;
    const value = lastNamed(code, talk);
    if (value !== undefined) return { tool, texts: [message], given: { [code.name]: value } };
  }
  return null;
}

/** The newest value for a code that a call had, whether it was carried out or declined, or that was said. */
function lastNamed(code: Property, talk: Talk): unknown {
  const called = talk.finished
    .toReversed()
    .map(({ args }) => args[code.name])
    .find((value) => value !== undefined && isValid(value, code));
  return called ?? talk.said.toReversed().flatMap((said) => codesFor(said, code).map(({ text }) => text))[0];
}
