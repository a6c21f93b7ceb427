import type { Talk, Task } from "../dialogue/talk.ts";
import type { Property } from "../scene/scene.ts";
import { takesQuestion } from "../scene/takes-questions.ts";
import { troubleIn } from "../text/trouble.ts";
import { carryProse, heading, requestItself } from "./carry-prose.ts";
import { isHeading } from "./heading-property.ts";
import type { Place, Put } from "./place.ts";
import { refersBack } from "./refers-back.ts";
import { findPhrase } from "./residual.ts";

/** Puts what the person told freely: reasons and descriptions, headings of them, and the rest of the request. */
export function putProse({ task, talk, asked }: Place, args: Record<string, unknown>, put: Put): void {
  const open = task.tool.properties.filter((it) => it.kind === "prose" && args[it.name] === undefined);
  if (open.length > 0 && task.tool.kind === "work" && task.tool.action !== "find") {
    const carried = carryProse(
      asked.size > 0 && task.texts.length > 1 ? task.texts.slice(0, -1) : task.texts,
      task.tool,
    );
    const told =
      carried ??
      (refersBack(task.texts.join(" ")) || open.some((it) => it.required) ? lastStory(talk, task) : null);
    const needed = open.find((it) => it.required && !isHeading(it) && !/\breason\b/.test(it.label));
    if (!told && needed && !asked.has(needed.name)) put(needed, requestItself(task.texts, task.tool));
    if (told) {
      const main =
        open.find((it) => it.required && !isHeading(it)) ?? open.find((it) => it.required) ?? open[0];
      for (const property of open)
        if (isHeading(property) && property.required) put(property, main === property ? told : heading(told));
      if (main) put(main, told);
    }
  }
  for (const property of task.tool.properties) {
    if (args[property.name] !== undefined) continue;
    if (takesQuestion(property)) put(property, task.texts.at(-1));
    else if (property.kind === "text" && property.required) {
      const phrase = task.texts
        .toReversed()
        .map((text) => findPhrase(text, property, task.tool, !claimedElsewhere(property, task, args)))
        .find((it) => it);
      if (isHeading(property) && typeof args.description === "string")
        put(property, heading(args.description));
      put(property, phrase);
    } else if (
      (property.kind === "prose" || property.kind === "text") &&
      property.required &&
      /\b(?:query|question|search|keyword)/.test(property.label)
    )
      put(property, task.texts.at(-1));
  }
}

/** The rest of a request goes to one text property only: the first that is needed and still open. */
function claimedElsewhere(property: Property, task: Task, args: Record<string, unknown>): boolean {
  const first = task.tool.properties.find(
    (it) => it.kind === "text" && it.required && args[it.name] === undefined,
  );
  const earlier = task.tool.properties.some(
    (it) => it.kind === "text" && it.required && args[it.name] !== undefined,
  );
  return (
    first !== property ||
    earlier ||
    task.tool.properties.filter((it) => it.required && it.kind === "text").length > 1
  );
}

/** What the person told just before they asked: "My order arrived broken." – "Can I get a refund?" */
function lastStory(talk: Talk, task: Task): string | null {
  const before = talk.said.filter((said) => !task.texts.includes(said)).slice(-2);
  const told = carryProse(before, task.tool);
  return told && troubleIn(told) ? told : null;
}
