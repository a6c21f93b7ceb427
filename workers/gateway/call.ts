import type { Context } from "hono";
import type { Principal } from "#auth/principal";
import type { EnterpriseRow } from "#enterprises/tables";
import type { Deps } from "../compose.ts";
import type { SiteAddress } from "./site-of.ts";

/** Facts of one request that stand before any route is chosen. They travel as Hono's bindings. */
export type Call = {
  deps: Deps;
  requestId: string;
  site: SiteAddress | null;
  /** As the caller used it, e.g. `http://acme.localhost:8787`: our own, checked by `siteOf`. */
  origin: string;
};

export type Variables = {
  /** The realm of the address; with the app it belongs to, on an app's. */
  host: { realm: string; app: EnterpriseRow | null };
  principal: Principal;
  /** What a chat token is good for; absent for a session. */
  tied?: { enterprise_id: string; chat_id: string | undefined };
};

export type GatewayEnv = { Bindings: Call; Variables: Variables };
export type Ctx = Context<GatewayEnv>;
