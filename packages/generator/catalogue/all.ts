import type { Capability } from "./capability.ts";
import { frontDesk } from "./front-desk.ts";
import { generic } from "./generic.ts";
import { orderTracking } from "./order-tracking.ts";
import { refunds } from "./refunds.ts";
import { support } from "./support.ts";
import { supportCases } from "./support-cases.ts";

/** The catalogue, in order of preference where two fit equally well. */
export const CATALOGUE: readonly Capability[] = [refunds, orderTracking, support];

const BY_ID = new Map([...CATALOGUE, frontDesk, supportCases, generic].map((it) => [it.id, it]));

/** The capability of a planned workflow; a generic request for one that nobody knows. */
export function capabilityOf(id: string): Capability {
  return BY_ID.get(id) ?? generic;
}
