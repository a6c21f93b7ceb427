import type { LedgerDeps } from "./deps.ts";
import { look } from "./operate.ts";

/** Ends whatever is overdue: what every operation does first, for when none comes. */
export function endOverdue(deps: LedgerDeps): void {
  look(deps, () => undefined);
}
