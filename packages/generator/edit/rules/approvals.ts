import type { AppFiles } from "#protocol/app-file/app-files";
import { type Approval, fitCases } from "../cases/approval-cases.ts";
import { type Amount, amountIn, conditionOf, opposite, readCondition, wordsOf } from "../condition.ts";
import { actionsOf, findActions, type ToolRef, termsOf, titleOf } from "../find-parts.ts";
import { type Done, type Rule, tellAgent, type Unclear, withAgents, withWorkflow } from "../rule.ts";

const CUE =
  /\b(?:approv\w*|confirm\w*|sign[- ]?offs?|permission|(?:my|our) (?:ok|okay|yes|go-ahead|consent))\b|^(?:ask|check with) (?:me|us|my team|the team|a manager|(?:the )?(?:users?|customers?|people|person|them))(?: first)? before\b/i;
const PEOPLE =
  "users?|customers?|people|clients?|(?:the )?person|patients?|members?|guests?|students?|they|everybody|everyone";
const BY_PEOPLE = new RegExp(
  `\\b(?:${PEOPLE}) (?:should|must|have to|has to|need to|needs to|confirm)\\b|\\bby (?:the )?(?:${PEOPLE})\\b|\\bask (?:the )?(?:${PEOPLE}|them)\\b|\\blet (?:${PEOPLE}|them)\\b`,
  "i",
);
const BY_TEAM =
  /\b(?:my|our|me|us|i|we|team|staff|managers?|owners?|operators?|admins?|humans?|supervisors?|boss)\b/i;
const NOT =
  /\b(?:remove|drop|delete|disable|turn off|switch off|no longer|without|no|stop|don'?t|do not|not|skip|never|nobody)\b/gi;
const FILLERS = new Set(
  "approval approve approver approved confirm confirmation confirmed sign off signoff permission ok okay yes go ahead consent need needs needed require required requires must should have has get be wait before after first ask check let me i us we want set change raise lower increase decrease limit threshold always also only an extra and or not no longer without do don t remove drop delete disable turn switch stop skip never nobody make it possible allowed until up by team staff manager owner operator admin human supervisor boss someone somebody from member of more than users customer client patient guest student everybody everyone they person one start begin go start amount total value worth now again too give issue process handle do".split(
    " ",
  ),
);

type Wish = { remove: boolean; by: "user" | "operator"; amount: Amount | null; phrase: string };

/** Who must say yes before something is done, and from which amount. */
export const approvals: Rule = {
  example: "refunds over $100 need my approval",
  read: (text, { files }) => {
    if (!CUE.test(text)) return null;
    const wish = wishOf(text);
    const chosen = choose(files, wish);
    if ("question" in chosen) return chosen;
    return carryOut(files, chosen, wish);
  },
};

function wishOf(text: string): Wish {
  const amount = amountIn(text);
  const negations = text.match(NOT)?.length ?? 0;
  const by = BY_PEOPLE.test(text) || (/confirm/i.test(text) && !BY_TEAM.test(text)) ? "user" : "operator";
  const rest = amount ? ` ${text}`.replace(amount.text, " ") : text;
  const withoutPeople = by === "user" ? rest.replace(BY_PEOPLE, " ") : rest;
  const ignored = new Set(termsOf([...FILLERS].join(" ")));
  const terms = termsOf(withoutPeople, ignored);
  // "no refunds without my approval" wants one.
  return { remove: negations % 2 === 1, by, amount, phrase: terms.join(" ") };
}

function choose(files: AppFiles, wish: Wish): ToolRef | Unclear {
  const all = actionsOf(files).filter((it) => it.tool.kind !== "operator");
  const having = all.filter((it) => approvalOf(it) !== undefined);
  const option = (it: ToolRef) =>
    wish.remove
      ? `remove the approval of “${titleOf(it)}”`
      : wish.by === "user"
        ? `users should confirm before “${titleOf(it)}”`
        : `“${titleOf(it)}” needs my approval`;
  const which = (options: readonly ToolRef[], question: string): Unclear => ({
    question,
    options: options.slice(0, 8).map(option),
  });
  if (wish.phrase === "") {
    const ofTeam = having.filter((it) => isOfTeam(approvalOf(it)));
    const meant = wish.remove ? (ofTeam.length > 0 ? ofTeam : having) : wish.amount ? ofTeam : [];
    if (meant.length === 1 && meant[0]) return meant[0];
    if (wish.remove && having.length === 0)
      return { question: "Nothing waits for a yes in this app.", options: [] };
    return which(
      meant.length > 0 ? meant : all,
      wish.remove ? "Which approval should go?" : "What should need a yes, and whose?",
    );
  }
  const found = findActions(files, wish.phrase);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) return which(found, "Which of these do you mean?");
  return which(
    wish.remove && having.length > 0 ? having : all,
    `I don't know what “${wish.phrase}” is in this app. What should ${wish.remove ? "not need" : "need"} a yes?`,
  );
}

function carryOut(files: AppFiles, ref: ToolRef, wish: Wish): Done | Unclear {
  const { tool } = ref;
  const title = titleOf(ref);
  const was = approvalOf(ref);
  // "refunds under $50 need no approval": from $50 they do.
  const amount = wish.amount && wish.remove ? opposite(wish.amount) : readable(wish.amount);
  if (wish.remove && !amount) {
    if (!was) return { files, said: `“${title}” needs no yes already.` };
    const now =
      was.by === "user" && was.operator_when !== undefined ? { ...was, operator_when: undefined } : undefined;
    return changed(
      files,
      ref,
      was,
      now && without(now),
      `“${title}” ${now ? "waits for the person only" : "is done at once"}.`,
    );
  }
  const found = amount && conditionOf(files, ref, amount);
  if (amount && !found)
    return { question: `“${title}” has no number to compare with ${amount.value}.`, options: [] };
  const text = { title: was?.title ?? `${title}?`.slice(0, 80), ...(messageOf(ref, was) ?? {}) };
  const condition = found ? readCondition(found.expression) : null;
  const from = condition && found ? ` ${wordsOf(condition, amount?.money ?? false)}` : "";
  if (wish.by === "user") {
    const now = { ...was, ...text, by: "user" as const, ...(found ? { when: found.expression } : {}) };
    if (was?.by === "user" && !found && was.when === undefined)
      return { files, said: `People confirm “${title}” already.` };
    return changed(files, ref, was, now, `People confirm “${title}”${from} first.`);
  }
  const byPerson = was?.by === "user" && was.when === undefined;
  const now =
    found && byPerson
      ? { ...was, operator_when: found.expression }
      : {
          ...without({ ...was, operator_when: undefined, when: undefined, by: "operator" }),
          ...text,
          ...(found ? { when: found.expression } : {}),
        };
  return tool.kind === "table" || !found
    ? changed(files, ref, was, now as Approval, `“${title}”${from} waits for your team's approval.`)
    : { question: `“${title}” has no number to compare with.`, options: [] };
}

function changed(files: AppFiles, ref: ToolRef, was: Approval, now: Approval, said: string): Done {
  const workflow = files.workflows[ref.workflow]!;
  const { approval: _, ...bare } = ref.tool as Extract<ToolRef["tool"], { kind: "table" }>;
  const tool = now ? withApproval(bare, now) : bare;
  const next = withWorkflow(files, { ...workflow, tools: { ...workflow.tools, [ref.name]: tool } });
  const about = new RegExp(`^About ${ref.name}: `);
  const line = now
    ? isOfTeam(now)
      ? `About ${ref.name}: it may wait for the team; then say that the team decides and that they will hear from it.`
      : `About ${ref.name}: the person is shown what will be done and confirms it on a card.`
    : `About ${ref.name}: it is done at once, without a card to confirm.`;
  const told = withAgents(next, [ref.workflow], (agent) =>
    agent.tools.includes(ref.name) ? tellAgent(agent, line, about) : agent,
  );
  return { files: fitCases(files, told, ref, was, now), said };
}

/** Where a table tool's approval stands in its file: after what it is for. */
function withApproval(
  bare: Omit<Extract<ToolRef["tool"], { kind: "table" }>, "approval">,
  approval: NonNullable<Approval>,
) {
  const { kind, title, description, ...rest } = bare;
  return { kind, ...(title === undefined ? {} : { title }), description, approval, ...rest };
}

/** What the card asks: "Cancel appointment {appointment_number}?" */
function messageOf({ tool, name }: ToolRef, was: Approval): { message: string } | null {
  if (was?.message !== undefined) return { message: was.message };
  if (tool.kind !== "table") return null;
  const shown = [...tool.by, ...tool.set].slice(0, 3).map((it) => `{${it}}`);
  return { message: `${titleOf({ tool, name })} ${shown.join(", ")}?`.slice(0, 400) };
}

function approvalOf({ tool }: ToolRef): Approval {
  return "approval" in tool ? tool.approval : undefined;
}

function isOfTeam(approval: Approval): boolean {
  return approval?.by === "operator" || approval?.operator_when !== undefined;
}

function without(approval: NonNullable<Approval>): NonNullable<Approval> {
  return Object.fromEntries(
    Object.entries(approval).filter(([, it]) => it !== undefined),
  ) as NonNullable<Approval>;
}

/** "change the approval to $200" is about what is over it. */
function readable(amount: Amount | null): Amount | null {
  return amount && /^(?:\$|€|£|\d|to|is|of)/.test(amount.text) && amount.op === "<="
    ? { ...amount, op: ">" }
    : amount;
}
