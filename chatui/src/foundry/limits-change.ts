import type { Limits } from "#protocol/api/app";
import { readDollars, typedDollars } from "../ui/dollars.ts";

/** Limits of spending. */
export type LimitName = Extract<keyof Limits, `${string}_nano`>;

export type SpendingLimits = Pick<Limits, LimitName>;

/** What stands in each field. */
export type TypedLimits = Record<LimitName, string>;
export type LimitProblems = Partial<Record<LimitName, string>>;

export const LIMIT_NAMES = [
  "turn_nano",
  "chat_nano",
  "user_day_nano",
  "user_month_nano",
  "workflow_month_nano",
  "app_month_nano",
] as const satisfies readonly LimitName[];

export function typedLimits(limits: SpendingLimits): TypedLimits {
  const fields = LIMIT_NAMES.map((name) => [name, typedDollars(limits[name])] as const);
  return Object.fromEntries(fields) as TypedLimits;
}

/** The limits that were changed, and what is wrong with those that can't be read. */
export function limitsChange(
  before: SpendingLimits,
  typed: TypedLimits,
): { changes: Partial<SpendingLimits>; problems: LimitProblems } {
  const changes: Partial<SpendingLimits> = {};
  const problems: LimitProblems = {};
  for (const name of LIMIT_NAMES) {
    const read = readDollars(typed[name]);
    if (!read.ok) problems[name] = read.problem;
    else if (read.nano !== before[name]) changes[name] = read.nano;
  }
  return { changes, problems };
}
