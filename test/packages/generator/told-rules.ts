import type { Plan } from "#protocol/api/plan";
import type { Rule } from "#protocol/api/rule";

/** The rules of a plan, one line each: `refund-handler: operator approves amount > 50`. */
export function toldRules(plan: Plan): string[] {
  return plan.workflows.flatMap(({ name, rules = [] }) => rules.map((rule) => `${name}: ${tell(rule)}`));
}

function tell(rule: Rule): string {
  switch (rule.kind) {
    case "approval":
      return `${rule.by} approves ${rule.when ? `${days(rule.when)} ${rule.when.op} ${rule.when.value}` : "all"}`;
    case "range":
      return `${days(rule)} in ${rule.min ?? ""}..${rule.max ?? ""}`;
    case "weekdays":
      return `${rule.column} on ${rule.days.join("")}`;
    case "hours":
      return `${rule.column} in ${rule.from}-${rule.to}`;
    case "notice":
      return `${rule.action} ${rule.hours}h before ${rule.column}`;
    case "count":
      return `${rule.of} at most ${rule.max}${rule.sum ? ` ${rule.sum}` : ""}${rule.same.length > 0 ? ` per ${rule.same.join("+")}` : ""}`;
    case "never":
      return `never ${rule.action}`;
  }
}

function days(it: { column: string; until?: string | undefined }): string {
  return it.until ? `days(${it.column}..${it.until})` : it.column;
}
