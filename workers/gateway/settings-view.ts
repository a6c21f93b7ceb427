import { LIMIT_SCOPES } from "#ledger/budgets";
import type { Settings, SettingsChange } from "#ledger/configure";
import type { AppDetail, Limits } from "#protocol/api/app";

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
