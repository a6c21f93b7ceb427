import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { SeenAs } from "./see-enterprise.ts";

/** End users begin nothing new while the app is worked on; its team does. Error: MAINTENANCE. */
export function refuseInMaintenance({ as, enterprise }: SeenAs): void {
  const { maintenance } = enterprise.chatLimits;
  if (as === "end_user" && maintenance)
    throw appError("MAINTENANCE", { retry_after_s: LIMITS.maintenanceRetryS }, maintenance);
}
