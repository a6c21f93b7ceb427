import "./zod-first.ts";

import { routeAgentRequest } from "agents";
import { getServerByName } from "partyserver";
import type { Env } from "#workers/env";
import product from "#workers/index";
import type { PartyEcho, RawEcho, RawTables } from "./echoes.ts";
import type { Floor } from "./floor.ts";
import type { LoopObject } from "./loop-object.ts";

export * from "#workers/index";
export { AgentEcho, PartyEcho, RawEcho, RawTables } from "./echoes.ts";
export { Floor } from "./floor.ts";
export { LoopObject } from "./loop-object.ts";
export { FedAgent, StockAgent } from "./stock-agents.ts";

type BenchEnv = Env & {
  FLOOR: DurableObjectNamespace<Floor>;
  PARTY_ECHO: DurableObjectNamespace<PartyEcho>;
  RAW_ECHO: DurableObjectNamespace<RawEcho>;
  RAW_TABLES: DurableObjectNamespace<RawTables>;
  LOOP: DurableObjectNamespace<LoopObject>;
};

/** Where the peers answer. Everything else is the product's, unchanged. */
const PEERS = "/ws/peers/";

/** The product's Worker with the peers beside it, so that all of them run in one process. */
export default {
  async fetch(request: Request, env: BenchEnv, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(PEERS)) return product.fetch(request, env, ctx);
    const [peer, name = ""] = pathname.slice(PEERS.length).split("/");
    if (peer === "floor") return env.FLOOR.getByName(name).fetch(request);
    if (peer === "raw-echo") return env.RAW_ECHO.getByName(name).fetch(request);
    if (peer === "raw-tables") return env.RAW_TABLES.getByName(name).fetch(request);
    if (peer === "loop") return env.LOOP.getByName(name).fetch(request);
    if (peer === "party-echo") return (await getServerByName(env.PARTY_ECHO, name)).fetch(request);
    if (peer === "count") return Response.json(await env.FLOOR.getByName("count").count(name === "start"));
    const answer = await routeAgentRequest(request, env, { prefix: PEERS.slice(1, -1) });
    return answer ?? new Response(null, { status: 404 });
  },
};
