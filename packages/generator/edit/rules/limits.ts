import type { AppFiles } from "#protocol/app-file/app-files";
import type { TableTool } from "#protocol/app-file/tool";
import { fitLimit } from "../cases/limit-cases.ts";
import { amountIn, conditionOf, opposite, readCondition, wordsOf } from "../condition.ts";
import { actionsOf, findActions, type ToolRef, termsOf, titleOf } from "../find-parts.ts";
import { type Done, type Rule, type Unclear, withWorkflow } from "../rule.ts";

const HOURS: Record<string, number> = { hour: 1, day: 24, week: 168, month: 720 };
const DAYS =
  /(?:^|\s)(?:(?:of )?(?:up to|within|for|after|at most|no later than|older than|until|from|to)(?: the)? ?(?:first )?)?(\d{1,3})[ -](hour|day|week|month)s?\b/i;
const CUE =
  /\b(?:within|up to|only|no later than|not later than|older than|after|at most|maximum|max|until|limit\w*|not exceed|no more than|not more than|no|never|cap\w*)\b/i;
const DATE_WORDS =
  /\b(?:after|of|from|since) (?:the )?(deliver\w*|arriv\w*|receiv\w*|receipt|purchase|order\w*|booking|payment)(?: date)?\b/i;
const FILLERS = new Set(
  "within up to only no later than not older after at most maximum max until limit limited exceed more never allow allowed possible accept accepted take taken make can could may must should be people have has their get per each first over above for day week month hour cap capped restrict offer give in of ago from the old".split(
    " ",
  ),
);

/** What is refused by itself: too late, or too much. */
export const limits: Rule = {
  example: "refunds up to 14 days only",
  read: (text, { files }) => {
    if (!CUE.test(text)) return null;
    const days = DAYS.exec(text);
    if (days?.[1] && days[2]) {
      const unit = HOURS[days[2].toLowerCase()] ?? 24;
      const column = DATE_WORDS.exec(text)?.[1];
      const rest = text.replace(days[0], " ").replace(DATE_WORDS, " ");
      const ref = meant(files, rest);
      if (!ref || "question" in ref) return ref;
      return late(files, ref, Number(days[1]), Number(days[1]) * unit, days[2].toLowerCase(), column);
    }
    const amount = amountIn(text);
    if (!amount) return null;
    const rest = ` ${text}`.replace(amount.text, " ");
    const found = meant(files, amount.unit ? rest.replace(amount.unit, " ") : rest);
    const ref = found && !("question" in found) ? found : meant(files, rest);
    if (!ref || "question" in ref) return null;
    // "no refunds over $200" allows those up to it.
    const allowed = /\b(?:no|not|never|don'?t)\b/i.test(rest) ? opposite(amount) : amount;
    const limited = conditionOf(files, ref, allowed);
    const condition = limited && readCondition(limited.expression);
    if (!limited || !condition) return null;
    const words = wordsOf(condition, amount.money);
    return refusing(files, ref, {
      when: limited.expression,
      message: `${titleOf(ref)} is only possible ${words}.`,
      said: `“${titleOf(ref)}” is possible ${words} only.`,
      is: (when) => readCondition(when)?.column === condition.column,
    });
  },
};

export const removeLimit: Rule = {
  example: "remove the time limit on refunds",
  read: (text, { files }) => {
    const found =
      /^(?:remove|drop|delete|lift) (?:the )?(?:time |day |\d+[ -]\w+ |amount )?limits?(?: (?:on|for|of|from) (?:the )?(.+))?$/i.exec(
        text,
      );
    if (!found) return null;
    const limited = (found[1] ? findActions(files, found[1]) : actionsOf(files)).filter(({ tool }) =>
      isLimited(tool),
    );
    const [ref] = limited;
    if (!ref || limited.length > 1)
      return {
        question: ref ? "Which limit should go?" : "There is no such limit.",
        options: limited.map((it) => `remove the limit on “${titleOf(it)}”`),
      };
    const tool = ref.tool as TableTool;
    const next = withTool(files, ref, {
      ...tool,
      require: tool.require.filter(({ when }) => !isLimit(when)),
    });
    return { files: fitLimit(next, ref, null), said: `“${titleOf(ref)}” has no limit any more.` };
  },
};

function late(
  files: AppFiles,
  ref: ToolRef,
  count: number,
  hours: number,
  unit: string,
  said: string | undefined,
): Done | Unclear {
  const tool = ref.tool as TableTool;
  const dates = tool.lookup.flatMap(({ as, table }) =>
    Object.entries(files.app.tables[table]?.columns ?? {})
      .filter(([, it]) => it.type === "date")
      .map(([column, it]) => ({ as, table, column, title: (it.title ?? column).toLowerCase() })),
  );
  const isArrival = said !== undefined && /^(?:deliv|arriv|receiv|receipt)/i.test(said);
  const date =
    (isArrival ? dates.find((it) => /deliv|arriv|expect|receiv/.test(it.column)) : undefined) ?? dates[0];
  const title = titleOf(ref);
  if (!date) return { question: `“${title}” has no date to count from.`, options: [] };
  const { as, column } = date;
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return refusing(files, ref, {
    when: `${as}.${column} != null && now - timestamp(${as}.${column} + "T00:00:00Z") <= duration("${hours}h")`,
    message: `${title} is only possible within ${words}, counted from the day it was ${date.title}.`,
    said: `“${title}” is possible within ${words} only, counted from “${date.title}”.`,
    is: isLate,
    late: { table: date.table, column, words },
  });
}

type Refusal = {
  when: string;
  message: string;
  said: string;
  /** Whether a rule that is there already gives way. */
  is: (when: string) => boolean;
  late?: { table: string; column: string; words: string };
};

function refusing(files: AppFiles, ref: ToolRef, it: Refusal): Done | Unclear {
  const tool = ref.tool as TableTool;
  const kept = tool.require.filter(({ when }) => !it.is(when));
  if (kept.length >= 10) return { question: `“${titleOf(ref)}” has ten rules already.`, options: [] };
  const changed: TableTool = { ...tool, require: [...kept, { when: it.when, message: it.message }] };
  const next = withTool(files, ref, changed);
  return { files: fitLimit(next, { ...ref, tool: changed }, it), said: it.said };
}

function withTool(files: AppFiles, ref: ToolRef, tool: TableTool): AppFiles {
  const workflow = files.workflows[ref.workflow]!;
  return withWorkflow(files, { ...workflow, tools: { ...workflow.tools, [ref.name]: tool } });
}

function isLate(when: string): boolean {
  return /now - timestamp\(\w+\.\w+ \+ "T00:00:00Z"\) <= duration\("\d+h"\)$/.test(when);
}

function isLimit(when: string): boolean {
  return isLate(when) || /<=? \d+(?:\.\d+)?$/.test(when);
}

function isLimited(tool: ToolRef["tool"]): boolean {
  return tool.kind === "table" && tool.require.some(({ when }) => isLimit(when));
}

/** The action that the rest of a sentence is about; null when it is about none. */
function meant(files: AppFiles, rest: string): ToolRef | Unclear | null {
  const phrase = termsOf(rest, new Set(termsOf([...FILLERS].join(" ")))).join(" ");
  const found = findActions(files, phrase).filter(({ tool }) => tool.kind === "table");
  if (found.length > 1) return { question: "Which of these do you mean?", options: found.map(titleOf) };
  return found[0] ?? null;
}
