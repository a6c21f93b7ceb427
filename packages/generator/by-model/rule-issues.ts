import type { Plan } from "#protocol/api/plan";
import type { Rule } from "#protocol/api/rule";
import type { Issue } from "../check-plan.ts";

/** Rules on columns that are not there: a person's edit may leave such behind, a model is told of them. */
export function ruleIssues({ workflows, tables }: Plan): Issue[] {
  return workflows.flatMap(({ rules = [], table }, at) => {
    const columns = Object.keys(tables[table ?? ""]?.columns ?? {});
    return rules.flatMap((rule, n) =>
      columnsOf(rule)
        .filter((name) => !columns.includes(name))
        .map((name) => ({
          path: `plan.workflows.${at}.rules.${n}`,
          message: `There is no column “${name}”; ${columns.length > 0 ? `there are ${columns.join(", ")}` : "the workflow has no table"}.`,
        })),
    );
  });
}

function columnsOf(rule: Rule): string[] {
  switch (rule.kind) {
    case "approval":
      return named(rule.when?.column, rule.when?.until);
    case "range":
      return named(rule.column, rule.until);
    case "weekdays":
    case "hours":
      return [rule.column];
    case "notice":
      return named(rule.column, rule.time);
    case "count":
      return named(...rule.same, rule.sum);
    case "never":
      return [];
  }
}

function named(...names: (string | null | undefined)[]): string[] {
  return names.filter((name) => typeof name === "string");
}
