import { LIMIT_SCOPES } from "#ledger/budgets";
import type { Settings, SettingsChange } from "#ledger/configure";
import type { App, AppDetail, Limits } from "#protocol/api/app";

/** What the ledger has set, as the API shows it. */
export function settingsView({ limits, time_zone }: Settings): Pick<AppDetail, "limits" | "time_zone"> {
  const shown = LIMIT_SCOPES.map((scope) => [`${scope}_nano`, limits[scope]?.toString() ?? null]);
  return { limits: Object.fromEntries(shown) as Limits, time_zone };
}

/** A change that the API was asked for, as the ledger takes it. */
export function settingsChange(
  limits: Partial<Limits> = {},
  timeZone: string | undefined,
): Pick<SettingsChange, "limits" | "time_zone"> {
  const asked = LIMIT_SCOPES.flatMap((scope) => {
    const limit = limits[`${scope}_nano`];
    return limit === undefined ? [] : [[scope, limit === null ? null : BigInt(limit)] as const];
  });
  return {
    limits: Object.fromEntries(asked),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
  };
}

/** A change as the audit log tells it: before and after of each field that differs; of the long ones, that they do. */
export function changesOf(
  before: App & Pick<AppDetail, "limits" | "time_zone">,
  asked: Record<string, unknown>,
): Record<string, unknown> {
  const { limits, description, branding, ...short } = asked;
  const flat = { ...short, ...(limits as object | undefined) };
  const was: Record<string, unknown> = { ...before, ...before.limits };
  const changed = Object.entries(flat)
    .filter(([name, value]) => value !== was[name])
    .map(([name, value]) => [name, { before: was[name] ?? null, after: value }]);
  const long = Object.entries({ description, branding }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...changed, ...long.map(([name]) => [name, "changed"])]);
}
