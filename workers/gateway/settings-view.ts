import { differences } from "#audit/differences";
import { isoTime } from "#base/clock";
import type { EnterpriseRow } from "#enterprises/tables";
import { LIMIT_SCOPES } from "#ledger/budgets";
import type { Settings, SettingsChange } from "#ledger/configure";
import type { App, AppDetail, Limits } from "#protocol/api/app";
import type { ChatLimits } from "#protocol/chat-limits";

/** What the ledger and the enterprise's row have set, as the API shows it. */
export function settingsView(
  { limits, time_zone }: Settings,
  { chatLimits, signIn, visibility, joinMadeAt }: EnterpriseRow,
  roles: AppDetail["roles"],
): Omit<AppDetail, keyof App | "can"> {
  const spending = LIMIT_SCOPES.map((scope) => [`${scope}_nano`, limits[scope]?.toString() ?? null]);
  const { chat_rate_per_minute = null, sockets_per_user = null, maintenance = null } = chatLimits;
  const shown = { ...Object.fromEntries(spending), chat_rate_per_minute, sockets_per_user };
  const { guests = false, google_client_id = null, github_client_id = null } = signIn;
  return {
    limits: shown as Limits,
    time_zone,
    sign_in: { guests, google_client_id, github_client_id },
    visibility,
    maintenance,
    join_link_made_at: joinMadeAt === null ? null : isoTime(joinMadeAt),
    roles,
  };
}

/** Of a change that the API was asked for, what the enterprise's row has of it; null for nothing. */
export function chatLimitsChange(
  limits: Partial<Limits> = {},
  maintenance?: string | null,
): (Partial<ChatLimits> & { maintenance?: string | null }) | null {
  const { chat_rate_per_minute, sockets_per_user } = limits;
  const asked = {
    ...(chat_rate_per_minute === undefined ? {} : { chat_rate_per_minute }),
    ...(sockets_per_user === undefined ? {} : { sockets_per_user }),
    ...(maintenance === undefined ? {} : { maintenance }),
  };
  return Object.keys(asked).length > 0 ? asked : null;
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
export function changesOf(before: AppDetail, asked: Record<string, unknown>): Record<string, unknown> {
  const { limits, sign_in, description, branding, ...short } = asked;
  const flat = { ...short, ...(limits as object | undefined), ...(sign_in as object | undefined) };
  const was: Record<string, unknown> = { ...before, ...before.limits, ...before.sign_in };
  const long = Object.entries({ description, branding }).filter(([, value]) => value !== undefined);
  return { ...differences(was, flat), ...Object.fromEntries(long.map(([name]) => [name, "changed"])) };
}
