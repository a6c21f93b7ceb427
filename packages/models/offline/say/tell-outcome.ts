import type { Done } from "../dialogue/fold.ts";
import { isRecord } from "../scene/read-happenings.ts";
import type { Persona } from "../scene/scene.ts";
import { answersQuestions } from "../scene/takes-questions.ts";
import { asSentence, capitalise, humanise, joined } from "../text/grammar.ts";
import { columnsOf, keyOf } from "./row-parts.ts";
import { showValue } from "./show-value.ts";
import { tellDone } from "./tell-done.ts";
import { tellPassages } from "./tell-passages.ts";
import { factOf, tellRow } from "./tell-row.ts";
import { tellNone, tellRows } from "./tell-rows.ts";

/** What came of a call, in sentences; "" when there is nothing to say about it. */
export function tellOutcome(done: Done, question: string, persona: Persona): string {
  const { outcome, tool } = done;
  if (outcome.dismissed) return "";
  if (outcome.declined) return "No problem, I've left everything as it is. Nothing was changed.";
  if (!outcome.ok) return tellError(done);
  const verb = tool?.verb ?? humanise(done.name).split(" ")[0] ?? "";
  const noun = tool?.noun ?? humanise(done.name).split(" ").slice(1).join(" ");
  const reads = tool
    ? tool.action === "find" || (tool.action === "other" && outcome.rows !== null && !outcome.single)
    : /^(?:find|get|list|look|search|check|show|track)/.test(verb);
  if (tool?.kind === "card")
    return outcome.facts.approved === false
      ? "No problem, I've left everything as it is. Nothing was changed."
      : "";
  if (reads || !tool) {
    if (outcome.rows === null) return tellFacts(done, persona);
    const [only] = outcome.rows;
    if (only === undefined && tool && answersQuestions(tool)) return "I couldn't find anything about that.";
    if (only === undefined) return tellNone(noun, Object.keys(done.args).length > 0);
    const passages = tellPassages(outcome.rows, question);
    if (passages !== null) return passages;
    if (outcome.rows.length === 1) return tellRow(only, noun, question, persona, Object.keys(done.args));
    return tellRows(outcome.rows, outcome.count ?? outcome.rows.length, noun, persona);
  }
  // Who answers in words, like a colleague, is passed on in words.
  if (outcome.rows === null && (outcome.text || isRecord(outcome.facts.answer)))
    return tellFacts(done, persona);
  return tellDone(tool, done.args, outcome.rows?.[0] ?? null, persona);
}

/** Nothing found or refused: the tool's own sentence, and a way on where a code may be mistyped. */
function tellError({ outcome, args, tool }: Done): string {
  const error = outcome.error?.trim();
  if (!error) return "I'm sorry, that didn't work just now. Please try again in a moment.";
  if (/arguments do not fit|invalid (?:input|argument)|no tool/i.test(error))
    return "I'm sorry, I couldn't do that with what I have. Could you tell me again, with all the details?";
  const code = tool?.properties.find(({ kind, name }) => kind === "code" && args[name] !== undefined);
  const notFound =
    /\b(?:no|not|nothing|couldn't|can't)\b[^.]*\b(?:found|find|exist|there is no|match)|^there is no|^nothing was found|^no \w+ (?:with|found)/i.test(
      error,
    );
  if (notFound && code) {
    const thing = code.label.replace(/ (?:number|id|code|reference)$/, "");
    return `I couldn't find ${article(thing)} ${thing} ${String(args[code.name])} on your account. Could you check the ${code.label}?`;
  }
  if (notFound) return `I'm sorry, I couldn't find that. ${asSentence(error)}`;
  return `I'm sorry, that isn't possible. ${asSentence(error)}`;
}

function article(thing: string): string {
  return /^[aeiou]/i.test(thing) ? "an" : "a";
}

/** A tool that answers with plain facts or a text. */
function tellFacts({ outcome }: Done, persona: Persona): string {
  if (outcome.text) return asSentence(outcome.text.slice(0, 2_000));
  const { answer } = outcome.facts;
  const facts = Object.entries(isRecord(answer) ? answer : outcome.facts)
    .filter(([, value]) => value !== null && typeof value !== "object")
    .slice(0, 5);
  if (facts.length === 0) return "Done!";
  return asSentence(
    joined(
      facts.map(([name, value]) => `the ${humanise(name)} is ${showValue(humanise(name), value, persona)}`),
    ),
  );
}

/** An answer from a row that was shown before. */
export function tellRecall(
  { row, noun, columns: names }: { row: Record<string, unknown>; noun: string; columns: readonly string[] },
  persona: Persona,
): string {
  if (names.length === 0) return tellRow(row, noun, "", persona);
  const columns = columnsOf(row);
  const wanted = columns.filter(({ name }) => names.includes(name));
  const key = keyOf(columns);
  if (wanted.length === 0) return "I don't have more details on that.";
  if (wanted.length > 3)
    return wanted
      .map((column) => `- **${capitalise(column.label)}:** ${showValue(column.label, column.value, persona)}`)
      .join("\n");
  const of = key && !wanted.includes(key) ? ` of ${String(key.value)}` : "";
  const [lead] = wanted;
  const told = wanted.map((column) => factOf(column, persona));
  if (lead && of && told[0]?.startsWith("the "))
    told[0] = told[0]?.replace(` ${lead.label} `, ` ${lead.label}${of} `) ?? "";
  return asSentence(joined(told));
}
